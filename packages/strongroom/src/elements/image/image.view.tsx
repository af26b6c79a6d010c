import type { ReactNode } from "react";
import { isForeign, safeHref } from "../../browser/controls/href.ts";
import { Rich } from "../../browser/controls/rich.tsx";
import { useStyle } from "../../browser/style.tsx";
import { view } from "../../browser/view.ts";
import type { Infer } from "../../wire/schema.ts";
import style from "./image.module.css";
import { imageSpec } from "./image.schema.ts";

type ImageProps = Infer<typeof imageSpec.props>;

export default view(imageSpec, ({ props }) => <Images props={props} />);

function Images({ props }: { props: ImageProps }): ReactNode {
  const { images, width, link } = props;
  return (
    <div className={style["row"]} data-width={typeof width === "number" ? undefined : width}>
      {images.map((image, at) => (
        <Figure key={at} image={image} width={width} link={link} />
      ))}
    </div>
  );
}

interface FigureProps {
  readonly image: ImageProps["images"][number];
  readonly width: ImageProps["width"];
  readonly link: string | undefined;
}

function Figure({ image, width, link }: FigureProps): ReactNode {
  const { source, alt, caption, size } = image;
  const wide = useStyle({ width: typeof width === "number" ? width : undefined });
  const picture = (
    <img
      className={style["image"]}
      src={"handle" in source ? `_strongroom/bytes/${source.handle}` : `.${source.path}`}
      alt={alt}
      width={size?.[0]}
      height={size?.[1]}
      decoding="async"
    />
  );
  return (
    <figure className={`${style["figure"] ?? ""} ${wide}`}>
      <Linked link={link}>{picture}</Linked>
      {caption === undefined ? null : (
        <figcaption className={style["caption"]}>
          <Rich text={caption} />
        </figcaption>
      )}
    </figure>
  );
}

function Linked({ link, children }: { link: string | undefined; children: ReactNode }): ReactNode {
  const address = link === undefined ? undefined : safeHref(link);
  if (address === undefined) return children;
  const isAway = isForeign(address);
  return (
    <a
      className={style["link"]}
      href={address}
      {...(isAway ? { target: "_blank", rel: "noopener noreferrer" } : {})}
    >
      {children}
    </a>
  );
}
