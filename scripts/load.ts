import { mkdirSync } from 'node:fs';
import { compare } from './load/compare.ts';

const FOLDER = '.bench';
mkdirSync(FOLDER, { recursive: true });
const seconds = Number(process.env.LOAD_SECONDS ?? 5);
const rounds = Number(process.env.LOAD_ROUNDS ?? 3);
console.log(await compare({ connections: 64, seconds, rounds, folder: FOLDER }));
