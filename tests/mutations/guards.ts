import { appGuards } from "./app.ts";
