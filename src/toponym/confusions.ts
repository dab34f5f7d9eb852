/**
 * What writers of Russian names mix up, in the sounds of letters.ts, and what each costs when names are compared;
 * an arbitrary change costs 1. One pair a line: the order within a pair does not matter.
 */
export const CONFUSIONS: Readonly<Record<string, number>> = {
  ie: 0.4, // Belgorod, Bilgorod
  ao: 0.4, // unstressed о is heard as а
  eo: 0.5, // ё
  ea: 0.6,
  uo: 0.6,
  ui: 0.5, // ю without its u
  hg: 0.4, // Ukrainian habit
  hk: 0.4, // kh without its h
  gk: 0.6,
  cs: 0.5, // ts without its t
  cz: 0.3, // German z
  ct: 0.5,
  ck: 0.4,
  cq: 0.4,
  qw: 0.35, // ch, sh
  qh: 0.5,
  qt: 0.6,
  qk: 0.5,
  wj: 0.35, // German sch for ж
  ws: 0.4,
  jz: 0.35,
  js: 0.6,
  ji: 0.4,
  jg: 0.5, // English g in Niger
  zs: 0.3, // German and French s between vowels
  vf: 0.4,
  vb: 0.5, // Spanish; в that passed for b
  vu: 0.5,
  dt: 0.5,
  bp: 0.5,
  nm: 0.6,
  lr: 0.8,
  pr: 0.8, // р that passed for p
};

/** Rows of the Latin keyboard: a finger that slips hits a neighbour. */
export const KEYBOARD_ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'] as const;
