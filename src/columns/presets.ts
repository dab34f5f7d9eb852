import { ebay } from './presets/ebay.ts';
import type { Preset } from './presets/preset.ts';
import { shopify } from './presets/shopify.ts';
import { woocommerce } from './presets/woocommerce.ts';

/** The exports that `--preset` knows, each by the public page that lists its headers. */
export const PRESETS = { shopify, woocommerce, ebay } as const satisfies Readonly<Record<string, Preset>>;

export type PresetName = keyof typeof PRESETS;

export const PRESET_NAMES = Object.keys(PRESETS) as readonly PresetName[];

export interface NamedPreset extends Preset {
  readonly name: PresetName;
}

export function presetOf(name: PresetName): NamedPreset {
  return { ...PRESETS[name], name };
}
