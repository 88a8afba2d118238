// Steps of different cases wait for the disk side by side, each in a thread of libuv: four of them are too few. It has to be
// said before the first one is used, and a module's loader uses them: that is why this is no module.
process.env.UV_THREADPOOL_SIZE ??= '32';
