import type { CandidateSet, Gazetteer, Subject } from '../gazetteer/gazetteer.ts';

/** Places by postcode, as the local detector looks them up. */
export interface PlaceBook extends Disposable {
  /** Changes whenever the content does. */
  readonly version: string;
  /** What a postcode of six digits may mean, and how surely. */
  candidates(postcode: string): CandidateSet;
  /** All federal subjects. */
  subjects(): readonly Subject[];
  close(): void;
}

/**
 * Opens a gazetteer file that `gorod gazetteer import` has made, or without one the built-in gazetteer.
 * Rejects with GorodError GAZETTEER_UNUSABLE where it is missing, damaged or of another schema.
 */
export async function openGazetteer(file?: string): Promise<PlaceBook> {
  const [{ openGazetteer: open }, { builtinGazetteerFile }] = await Promise.all([
    import('../gazetteer/sqlite-gazetteer.ts'),
    import('../gazetteer/builtin-file.ts'),
  ]);
  const gazetteer: Gazetteer = open(file ?? builtinGazetteerFile());
  const close = () => gazetteer.close();
  return {
    version: gazetteer.version,
    candidates: (postcode) => gazetteer.candidates(postcode),
    subjects: () => gazetteer.subjects(),
    close,
    [Symbol.dispose]: close,
  };
}
