import type { Rule } from '../core/rule.ts';
import type { Settings } from '../core/settings.ts';
import { mergeSettings } from './merge-settings.ts';

/** How `collect` reads settings for these rules. Most repositories have no file: what reads one is loaded with the first. */
export function settingsReader(rules: () => Promise<readonly Rule[]>) {
  return {
    parse: async (text: string, file: string) =>
      (await import('./parse-settings.ts')).parseSettings(text, file, await rules()),
    merge: (near: Settings, far: Settings) => mergeSettings(near, far),
  };
}
