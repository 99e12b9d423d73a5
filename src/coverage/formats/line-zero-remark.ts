import { counted } from '../wording.ts';

/** Files have no line 0, although some tools list it; none when there was no such entry. */
export function lineZeroRemark(entries: number): readonly string[] {
  return entries > 0 ? [`${counted(entries, 'entry', 'entries')} for line 0 left out`] : [];
}
