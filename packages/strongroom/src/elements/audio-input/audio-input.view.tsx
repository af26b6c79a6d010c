import { useEffect, useState, type ReactNode } from "react";
import { Field } from "../../browser/controls/field.tsx";
import { deviceProblem, endStream, type DeviceProblem } from "../../browser/files/device.ts";
import { FileList } from "../../browser/files/file-list.tsx";
import { Recorder, type RecorderAction } from "../../browser/files/recorder.tsx";
import { useFiles } from "../../browser/files/use-files.ts";
import { toWav } from "../../browser/files/wav.ts";
import { view, type ViewProps } from "../../browser/view.ts";
import type { Infer } from "../../wire/schema.ts";
import style from "./audio-input.module.css";
import { audioInputSpec } from "./audio-input.schema.ts";

type Props = Infer<typeof audioInputSpec.props>;
type AudioProps = Pick<ViewProps<Props, readonly string[]>, "props" | "value" | "setValue" | "refusal">;

export default view(audioInputSpec, (input) => <AudioRecorder {...input} />);

function AudioRecorder({ props, value, setValue, refusal }: AudioProps): ReactNode {
  const files = useFiles({ slot: props.slot, maxFiles: 1, value, setValue, refusalOf: () => undefined });
  const [sound, setSound] = useState<string>();
  useEffect(() => () => (sound === undefined ? undefined : URL.revokeObjectURL(sound)), [sound]);
  const { recorder, problem, begin } = useMicrophone(async (recorded) => {
    const body = await toWav(recorded, props.sampleRate);
    setSound(URL.createObjectURL(body));
    files.send([{ name: "recording.wav", body }]);
  });
  const isTaken = value.length > 0;
  const action: RecorderAction =
    recorder === undefined
      ? { words: isTaken ? "Record again" : "Record", icon: "plus", act: () => void begin() }
      : { words: "Stop", icon: "stop", isLive: true, act: () => recorder.stop() };
  const words =
    recorder === undefined ? (isTaken ? "The recording is here" : "Nothing is recorded") : "Recording";
  return (
    <Field
      {...props}
      group
      error={
        refusal === undefined && props.gone === undefined ? undefined : "The recording is gone. Record again."
      }
    >
      {({ disabled, ...named }) => (
        <div role="group" {...named}>
          <Recorder disabled={disabled} words={words} problem={problem} actions={[action]}>
            {sound === undefined || recorder !== undefined || !isTaken ? null : (
              // oxlint-disable-next-line jsx-a11y/media-has-caption -- the viewer's own voice: nobody has words for it
              <audio className={style["sound"]} src={sound} controls />
            )}
          </Recorder>
          <FileList files={files} value={value} told={props.files} disabled={disabled} />
        </div>
      )}
    </Field>
  );
}

interface Microphone {
  readonly recorder: MediaRecorder | undefined;
  readonly problem: DeviceProblem | undefined;
  readonly begin: () => Promise<void>;
}

function useMicrophone(done: (recorded: Blob) => Promise<void>): Microphone {
  const [recorder, setRecorder] = useState<MediaRecorder>();
  const [problem, setProblem] = useState<DeviceProblem>();
  // Whoever leaves the page turns the microphone off.
  useEffect(() => () => endStream(recorder?.stream), [recorder]);
  const fail = (error: unknown): void => setProblem(deviceProblem("microphone", error));
  return {
    recorder,
    problem,
    begin: async () => {
      try {
        const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
        const next = new MediaRecorder(stream);
        const parts: Blob[] = [];
        next.addEventListener("dataavailable", ({ data }) => parts.push(data));
        next.addEventListener("stop", () => {
          setRecorder(undefined);
          done(new Blob(parts, { type: next.mimeType })).catch(fail);
        });
        next.start();
        setRecorder(next);
        setProblem(undefined);
      } catch (error) {
        fail(error);
      }
    },
  };
}
