import type { Language } from '../../languages.ts';
import type { ReportDraft } from './report-file.ts';

/** Begins the report that `--report` asks for; `files` are those that it must not write over. Throws GorodError. */
export async function openReport(
  { report, lang }: { readonly report: string | undefined; readonly lang: Language },
  files: readonly string[],
): Promise<ReportDraft | undefined> {
  if (report === undefined) return undefined;
  const { draftReport } = await import('./report-file.ts');
  return draftReport(report, lang, files);
}
