/** With which the shells' scripts ask: the words of the line follow, the last of them still being typed. */
export const COMPLETION_FLAG = '--get-yargs-completions';
