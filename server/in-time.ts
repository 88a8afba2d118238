/** It took too long. */
export class Late extends Error {}

/** What was asked for, if it comes in time. @param most ms @throws Late; what the asked throws */
export async function inTime<T>(asked: Promise<T>, most: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Late('late')), most);
  });
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}
