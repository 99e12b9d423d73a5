import type { Settings } from '../core/settings.ts';

/** Nearer settings over farther ones: mappings are merged key by key, lists are replaced. */
export function mergeSettings(near: Settings, far: Settings): Settings {
  const rules = { ...far.rules };
  for (const [id, rule] of Object.entries(near.rules ?? {})) {
    const thresholds = { ...far.rules?.[id]?.thresholds, ...rule.thresholds };
    rules[id] = { ...far.rules?.[id], ...rule, ...(Object.keys(thresholds).length > 0 && { thresholds }) };
  }
  const modules = { ...far.modules, ...near.modules };
  // Their order decides who tells what is about the whole pull request: the nearest file's come first.
  const instances = { ...near.instances, ...far.instances, ...near.instances };
  return {
    ...far,
    ...near,
    ...(Object.keys(rules).length > 0 && { rules }),
    ...(Object.keys(modules).length > 0 && { modules }),
    ...(Object.keys(instances).length > 0 && { instances }),
  };
}
