import type { FormEvent, ReactNode } from "react";
import { Icon } from "../../browser/controls/icon.tsx";
import { usePage } from "../../browser/page-context.ts";
import { useStyle } from "../../browser/style.tsx";
import { view } from "../../browser/view.ts";
import style from "./form.module.css";
import { formSpec } from "./form.schema.ts";

export default view(formSpec, ({ props, children }) => {
  const { border, width, height, invalid } = props;
  const sized = useStyle({
    width: typeof width === "number" ? width : undefined,
    height: typeof height === "number" ? height : undefined,
  });
  return (
    // Answers leave by the page's own line. "dialog" keeps a browser whose script is not there yet from loading anew.
    <form
      method="dialog"
      noValidate
      className={`${style["form"] ?? ""} ${sized}`}
      data-border={border ? "" : undefined}
      data-width={width === "content" ? width : undefined}
      data-height={height === undefined ? undefined : typeof height === "number" ? "px" : height}
      onSubmit={keepPage}
    >
      {invalid !== undefined && <Wrong messages={invalid} />}
      {children}
      <Unsendable />
    </form>
  );
});

/** What is wrong with the whole; what is wrong with one field stands beside that. */
function Wrong({ messages }: { messages: readonly string[] }): ReactNode {
  return (
    <div className={style["wrong"]} role="alert">
      <Icon name="error" size={15} />
      <div>
        {messages.map((message) => (
          <p key={message}>{message}</p>
        ))}
      </div>
    </div>
  );
}

function keepPage(event: FormEvent): void {
  event.preventDefault();
}

/** For authors: shown by the style sheet where the form holds no submit button. */
function Unsendable(): ReactNode {
  const { shell } = usePage();
  return !shell.isEditing ? null : (
    <p className={style["unsendable"]}>
      <Icon name="warning" size={15} />
      <span>
        This form has no submit button, so what is entered here never arrives. Add{" "}
        <code>form.formSubmitButton("Send")</code>.
      </span>
    </p>
  );
}
