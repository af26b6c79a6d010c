import { useEffect, useRef, useState, type ReactNode, type RefObject } from "react";
import { Field } from "../../browser/controls/field.tsx";
import { deviceProblem, endStream, type DeviceProblem } from "../../browser/files/device.ts";
import { FileList } from "../../browser/files/file-list.tsx";
import { Recorder, type RecorderAction } from "../../browser/files/recorder.tsx";
import { useFiles } from "../../browser/files/use-files.ts";
import { view, type ViewProps } from "../../browser/view.ts";
import type { Infer } from "../../wire/schema.ts";
import style from "./camera-input.module.css";
import { cameraInputSpec } from "./camera-input.schema.ts";

type Props = Infer<typeof cameraInputSpec.props>;
type CameraProps = Pick<ViewProps<Props, readonly string[]>, "props" | "value" | "setValue" | "refusal">;

export default view(cameraInputSpec, (input) => <Camera {...input} />);

function Camera({ props, value, setValue, refusal }: CameraProps): ReactNode {
  const files = useFiles({ slot: props.slot, maxFiles: 1, value, setValue, refusalOf: () => undefined });
  const camera = useCamera(props.height);
  const { stream, problem, end } = camera;
  const { video, picture } = useShown(stream);
  const take = async (): Promise<void> => {
    const body = await picture();
    end();
    if (body !== undefined) files.send([{ name: "picture.jpg", body }]);
  };
  const isTaken = value.length > 0;
  const actions = actionsOf(camera, isTaken, () => void take());
  const words =
    stream === undefined ? (isTaken ? "The picture is taken" : "The camera is off") : "The camera is on";
  return (
    <Field
      {...props}
      group
      error={
        refusal === undefined && props.gone === undefined ? undefined : "The picture is gone. Take another."
      }
    >
      {({ disabled, ...named }) => (
        <div role="group" {...named}>
          <Recorder disabled={disabled} words={words} problem={problem} actions={actions}>
            {stream === undefined ? null : (
              <video ref={video} className={style["picture"]} autoPlay muted playsInline />
            )}
          </Recorder>
          <FileList files={files} value={value} told={props.files} disabled={disabled} />
        </div>
      )}
    </Field>
  );
}

function actionsOf(
  { stream, begin, end }: CameraState,
  isTaken: boolean,
  take: () => void,
): readonly RecorderAction[] {
  if (stream === undefined) {
    const words = isTaken ? "Take another" : "Turn the camera on";
    return [{ words, icon: "eye", act: () => void begin() }];
  }
  return [
    { words: "Take the picture", icon: "check", isLive: true, act: take },
    { words: "Cancel", icon: "close", act: end },
  ];
}

interface Shown {
  readonly video: RefObject<HTMLVideoElement | null>;
  /** What stands there now. */
  readonly picture: () => Promise<Blob | undefined>;
}

/** Where a stream is shown. */
function useShown(stream: MediaStream | undefined): Shown {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current !== null) video.current.srcObject = stream ?? null;
  }, [stream]);
  return {
    video,
    picture: async () => (video.current === null ? undefined : pictureOf(video.current)),
  };
}

interface CameraState {
  readonly stream: MediaStream | undefined;
  readonly problem: DeviceProblem | undefined;
  readonly begin: () => Promise<void>;
  readonly end: () => void;
}

function useCamera(height: number | undefined): CameraState {
  const [stream, setStream] = useState<MediaStream>();
  const [problem, setProblem] = useState<DeviceProblem>();
  // Whoever leaves the page turns the camera off.
  useEffect(() => () => endStream(stream), [stream]);
  return {
    stream,
    problem,
    end: () => setStream(undefined),
    begin: async () => {
      try {
        const video = height === undefined ? true : { height: { ideal: height } };
        setStream(await navigator.mediaDevices.getUserMedia({ video }));
        setProblem(undefined);
      } catch (error) {
        setProblem(deviceProblem("camera", error));
      }
    },
  };
}

async function pictureOf(video: HTMLVideoElement): Promise<Blob | undefined> {
  const canvas = document.createElement("canvas");
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext("2d")?.drawImage(video, 0, 0);
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), "image/jpeg", 0.92));
}
