import type { Chosen } from "./use-files.ts";

const mostFiles = 1_000;

/** The files of a field or of what was dropped; with folders, all that is in them, named by where they were. */
export function chosenOf(files: FileList | null): readonly Chosen[] {
  return [...(files ?? [])].map((file) => ({
    name: file.webkitRelativePath === "" ? file.name : file.webkitRelativePath,
    body: file,
  }));
}

export async function droppedOf(data: DataTransfer, folders: boolean): Promise<readonly Chosen[]> {
  if (!folders) return chosenOf(data.files);
  // Asked at once: after the first wait the browser has forgotten what was dropped.
  const entries = [...data.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const found: Chosen[] = [];
  for (const entry of entries) await gather(entry, found);
  return found;
}

async function gather(entry: FileSystemEntry, found: Chosen[]): Promise<void> {
  if (found.length >= mostFiles) return;
  if (entry instanceof FileSystemFileEntry) {
    const body = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    found.push({ name: entry.fullPath.replace(/^\//, ""), body });
  } else if (entry instanceof FileSystemDirectoryEntry) {
    const reader = entry.createReader();
    for (;;) {
      const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
        reader.readEntries(resolve, reject),
      );
      if (some.length === 0) return;
      for (const one of some) await gather(one, found);
    }
  }
}
