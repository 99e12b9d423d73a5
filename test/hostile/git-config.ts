/**
 * Settings of a clone that make git start programs, write elsewhere or look elsewhere. `{trap}` is a shell command that
 * leaves a trace named after the case; `{script}` a file that does.
 */
export interface HostileSetting {
  readonly name: string;
  readonly settings: readonly (readonly [key: string, value: string])[];
}

export const hostileSettings: readonly HostileSetting[] = [
  { name: 'core.fsmonitor', settings: [['core.fsmonitor', '{script}']] },
  { name: 'core.hooksPath', settings: [['core.hooksPath', '{hooks}']] },
  { name: 'diff.external', settings: [['diff.external', '{script}']] },
  { name: 'diff.driver.textconv', settings: [['diff.evil.textconv', '{script}']] },
  { name: 'diff.driver.command', settings: [['diff.evil-command.command', '{script}']] },
  {
    name: 'filter.smudge',
    settings: [
      ['filter.evil.smudge', '{trap}'],
      ['filter.evil.required', 'true'],
    ],
  },
  { name: 'filter.clean', settings: [['filter.evil.clean', '{trap}']] },
  { name: 'filter.process', settings: [['filter.evil-process.process', '{trap}']] },
  { name: 'merge.driver', settings: [['merge.evil.driver', '{trap}']] },
  {
    name: 'alias',
    settings: [
      ['alias.rev-parse', '!{trap}'],
      ['alias.diff-tree', '!{trap}'],
      ['alias.cat-file', '!{trap}'],
    ],
  },
  { name: 'core.sshCommand', settings: [['core.sshCommand', '{trap}']] },
  { name: 'core.gitProxy', settings: [['core.gitProxy', '{script}']] },
  { name: 'core.askPass', settings: [['core.askPass', '{script}']] },
  { name: 'core.editor', settings: [['core.editor', '{trap}']] },
  {
    name: 'core.pager',
    settings: [
      ['core.pager', '{trap}'],
      ['pager.log', '{trap}'],
      ['pager.diff-tree', '{trap}'],
    ],
  },
  { name: 'core.alternateRefsCommand', settings: [['core.alternateRefsCommand', '{trap}']] },
  { name: 'credential.helper', settings: [['credential.helper', '!{trap}']] },
  {
    name: 'gpg.program',
    settings: [
      ['gpg.program', '{script}'],
      ['log.showSignature', 'true'],
    ],
  },
  { name: 'interactive.diffFilter', settings: [['interactive.diffFilter', '{trap}']] },
  { name: 'uploadpack.packObjectsHook', settings: [['uploadpack.packObjectsHook', '{script}']] },
  { name: 'remote.uploadpack', settings: [['remote.origin.uploadpack', '{script}']] },
  { name: 'remote.vcs', settings: [['remote.origin.vcs', 'ext']] },
  { name: 'url.insteadOf', settings: [['url.ext::{script} %S .insteadOf', 'https://']] },
  { name: 'trace2.eventTarget', settings: [['trace2.eventTarget', '{trace}']] },
  { name: 'core.worktree', settings: [['core.worktree', '{outside}']] },
  { name: 'core.attributesFile', settings: [['core.attributesFile', '{attributes}']] },
  { name: 'extensions.worktreeConfig', settings: [['extensions.worktreeConfig', 'true']] },
];

/** Variables of the caller's environment that steer git. */
export const hostileVariables: readonly (readonly [name: string, value: string])[] = [
  ['GIT_DIR', '{outside}'],
  ['GIT_WORK_TREE', '{outside}'],
  ['GIT_INDEX_FILE', '{trace}'],
  ['GIT_OBJECT_DIRECTORY', '{outside}'],
  ['GIT_ALTERNATE_OBJECT_DIRECTORIES', '{outside}'],
  ['GIT_EXTERNAL_DIFF', '{script}'],
  ['GIT_SSH_COMMAND', '{trap}'],
  ['GIT_SSH', '{script}'],
  ['GIT_PROXY_COMMAND', '{script}'],
  ['GIT_ASKPASS', '{script}'],
  ['SSH_ASKPASS', '{script}'],
  ['GIT_PAGER', '{trap}'],
  ['PAGER', '{trap}'],
  ['GIT_EDITOR', '{trap}'],
  ['GIT_TRACE', '{trace}'],
  ['GIT_TRACE2_EVENT', '{trace}'],
  ['GIT_TEMPLATE_DIR', '{hooks}'],
  ['GIT_CONFIG_PARAMETERS', "'core.fsmonitor'='{script}'"],
  ['GIT_CONFIG_GLOBAL', '{config}'],
  ['GIT_EXEC_PATH', '{hooks}'],
  ['GIT_CEILING_DIRECTORIES', '/'],
  ['GIT_ATTR_SOURCE', 'HEAD'],
  ['GIT_LITERAL_PATHSPECS', '0'],
  ['GIT_NAMESPACE', 'x'],
];

/** Lines of `.gitattributes` that would keep a migration out of a diff, each with the file it is about. */
export const hidingAttributes: readonly (readonly [attributes: string, file: string])[] = [
  ['binary', 'a-binary'],
  ['-diff', 'b-no-diff'],
  ['-text -diff', 'c-no-text'],
  ['diff=evil', 'd-textconv'],
  ['diff=evil-command', 'e-command'],
  ['filter=evil', 'f-filter'],
  ['filter=evil-process', 'g-process'],
  ['filter=lfs diff=lfs merge=lfs -text', 'h-lfs'],
  ['working-tree-encoding=UTF-16LE', 'i-encoding'],
  ['ident', 'j-ident'],
  ['export-ignore export-subst', 'k-export'],
  ['linguist-generated', 'l-generated'],
  ['linguist-vendored=true', 'm-vendored'],
  ['linguist-documentation', 'n-documentation'],
  ['eol=cr whitespace=cr-at-eol', 'o-eol'],
  ['merge=evil', 'p-merge'],
];
