import { useState, type DragEvent, type ReactNode } from "react";
import { Field, type FieldControl } from "../../browser/controls/field.tsx";
import { Icon } from "../../browser/controls/icon.tsx";
import { chosenOf, droppedOf } from "../../browser/files/dropped.ts";
import { FileList } from "../../browser/files/file-list.tsx";
import { sizeText } from "../../browser/files/size-text.ts";
import { useFiles, type Chosen, type Files } from "../../browser/files/use-files.ts";
import { useLocale } from "../../browser/locale.tsx";
import { view } from "../../browser/view.ts";
import type { Infer } from "../../wire/schema.ts";
import unseen from "../../browser/controls/unseen.module.css";
import style from "./file-uploader.module.css";
import { fileUploaderSpec } from "./file-uploader.schema.ts";

type Props = Infer<typeof fileUploaderSpec.props>;

export default view(fileUploaderSpec, ({ props, value, setValue, refusal }) => (
  <Uploader props={props} value={value} setValue={setValue} refusal={refusal} />
));

interface UploaderProps {
  readonly props: Props;
  readonly value: readonly string[];
  readonly setValue: (value: readonly string[]) => void;
  readonly refusal: string | undefined;
}

function Uploader({ props, value, setValue, refusal }: UploaderProps): ReactNode {
  const locale = useLocale();
  const { slot, maxFiles, maxBytes, accept } = props;
  const refusalOf = ({ name, body }: Chosen): string | undefined => {
    if (body.size > maxBytes) return `It is too large: at most ${sizeText(locale, maxBytes)}.`;
    return isNamedRight(name, accept) ? undefined : `${typesText(accept)} is expected here.`;
  };
  const wordsOf = (status: number): string | undefined => {
    if (status === 413) return `It is too large: at most ${sizeText(locale, maxBytes)}.`;
    if (status !== 415) return undefined;
    if (accept === undefined) return "Its content is not what its name says.";
    return `${typesText(accept)} is expected here, by its name and by its content.`;
  };
  const files = useFiles({ slot, maxFiles, value, setValue, refusalOf, wordsOf });
  return (
    <Field {...props} error={errorOf(refusal, props.gone === true && files.onTheirWay.length === 0)}>
      {(control) => (
        <div>
          <Zone props={props} control={control} files={files} />
          <FileList
            files={files}
            value={value}
            told={props.files}
            disabled={control.disabled}
            home={control.id}
          />
          <span className={unseen["unseen"]} role="status">
            {newsOf(files, value)}
          </span>
        </div>
      )}
    </Field>
  );
}

function errorOf(refusal: string | undefined, isGone: boolean): string | undefined {
  if (refusal !== undefined) return "A file is gone. Remove it and send it again.";
  return isGone ? "What you sent is no longer on the server. Choose it again." : undefined;
}

function Zone({ props, control, files }: { props: Props; control: FieldControl; files: Files }): ReactNode {
  const locale = useLocale();
  const { accept, multiple, maxBytes } = props;
  const isFolder = multiple === "directory";
  const { isOver, ...onDrag } = useDrop(control.disabled, isFolder, files.send);
  return (
    <div
      className={style["zone"]}
      data-over={isOver ? "" : undefined}
      data-disabled={control.disabled ? "" : undefined}
      {...onDrag}
    >
      <Icon name="upload" size={18} className={style["sign"]} />
      <span className={style["words"]}>
        <span className={style["call"]}>{callOf(multiple)}</span>
        <span className={style["limit"]}>
          {accept === undefined ? "At" : `${typesText(accept)}, at`} most {sizeText(locale, maxBytes)}
          {multiple === undefined ? "" : " each"}
        </span>
      </span>
      <span className={style["browse"]} aria-hidden="true">
        Browse
      </span>
      <input
        {...control}
        className={style["input"]}
        type="file"
        multiple={multiple !== undefined}
        accept={accept === undefined ? undefined : [...accept.extensions, ...accept.types].join(",")}
        // React has no name for this one.
        {...(isFolder ? { webkitdirectory: "" } : {})}
        onChange={({ currentTarget }) => {
          files.send(chosenOf(currentTarget.files));
          // The same file may be chosen again.
          currentTarget.value = "";
        }}
      />
    </div>
  );
}

/** A place on which files are dropped. */
function useDrop(isOff: boolean, isFolder: boolean, send: Files["send"]) {
  const [isOver, setOver] = useState(false);
  return {
    isOver,
    onDragOver(event: DragEvent): void {
      event.preventDefault();
      setOver(!isOff);
    },
    onDragLeave: (): void => setOver(false),
    onDrop(event: DragEvent): void {
      event.preventDefault();
      setOver(false);
      if (!isOff) void droppedOf(event.dataTransfer, isFolder).then(send);
    },
  };
}

function callOf(multiple: Props["multiple"]): string {
  switch (multiple) {
    case undefined:
      return "Drop a file here";
    case "files":
      return "Drop files here";
    case "directory":
      return "Drop a folder here";
  }
}

function newsOf({ onTheirWay }: Files, value: readonly string[]): string {
  const coming = onTheirWay.filter(({ error }) => error === undefined).length;
  if (coming > 0) return coming === 1 ? "Sending a file" : `Sending ${coming} files`;
  return value.length === 0 ? "" : value.length === 1 ? "One file is here" : `${value.length} files are here`;
}

/** The server judges name and bytes; what it would refuse by its name alone need not be sent. */
function isNamedRight(name: string, accept: Props["accept"]): boolean {
  if (accept === undefined || accept.types.length > 0) return true;
  return accept.extensions.some((extension) => name.toLowerCase().endsWith(extension));
}

const kinds: Readonly<Record<string, string>> = {
  "image/*": "A picture",
  "audio/*": "Sound",
  "video/*": "Video",
  "text/*": "Text",
};

function typesText(accept: Props["accept"]): string {
  const { extensions = [], types = [] } = accept ?? {};
  const names = [
    ...types.map((type) => kinds[type] ?? type),
    ...extensions.map((extension) => extension.slice(1).toUpperCase()),
  ];
  const few = names.length > 6 ? [...names.slice(0, 5), "…"] : names;
  return few.length < 2 ? few.join("") : `${few.slice(0, -1).join(", ")} or ${few.at(-1) ?? ""}`;
}
