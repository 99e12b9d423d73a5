import * as core from '@actions/core';
import { artifactName } from '../../collect/artifact/artifact-name.ts';
import { type MeasuredWorkspace, measureWorkspace } from '../../collect/artifact/measure-workspace.ts';
import { dataFile, writeCoverageData } from '../../collect/artifact/write-coverage-data.ts';
import { redact } from '../../collect/github/redact.ts';
import { type CoverageData, type ShardName, shardText } from '../../core/coverage-data.ts';
import { isUnavailable, type Part, unavailable } from '../../core/part.ts';
import { quoteName } from '../../core/quote-name.ts';
import { uploadArtifact } from '../../publish/artifact/upload-artifact.ts';
import { prose } from '../../render/markdown.ts';
import { counted } from '../../render/numbers.ts';
import type { ActionRun } from './action-run.ts';

/** Names that are tried where jobs of one run share key and place. */
const mostOrdinals = 9;

/**
 * The last step of a test job: leaves what the reports say as data for whoever judges. It needs no token, posts nothing,
 * and fails no job: what stands in the way is said in the log and the job summary.
 */
export async function collectMode(run: ActionRun): Promise<void> {
  const measured = await measure(run);
  const left = isUnavailable(measured) ? measured : await leaveData(measured.data, run);
  const sentence = isUnavailable(left)
    ? `No coverage data was left for the judging workflow: ${left.unavailable}.`
    : left.sentence;
  if (isUnavailable(left)) core.warning(redact(sentence));
  else core.info(sentence);
  const remarks = isUnavailable(measured) ? [] : remarksOf(measured);
  for (const remark of remarks) core.info(remark);
  await core.summary
    .addRaw(
      ['### Review Vitals', prose(sentence), remarks.map((remark) => `- ${prose(remark)}`).join('\n')].join(
        '\n\n',
      ),
      true,
    )
    .write();
}

/** The one-step form on a fork: its token posts nothing, so what was measured is left for a workflow that may. */
export async function leaveForJudge(run: ActionRun): Promise<string> {
  const measured = await measure(run);
  const left = isUnavailable(measured) ? measured : await leaveData(measured.data, run);
  return isUnavailable(left)
    ? `No coverage data was left for a judging workflow: ${left.unavailable}.`
    : left.sentence;
}

function measure({
  owner,
  name,
  workspace,
  inputs,
  scratchFolder,
}: ActionRun): Promise<Part<MeasuredWorkspace>> {
  return measureWorkspace({
    repository: `${owner}/${name}`,
    workspace,
    reports: inputs.coverage,
    shard: shardOf(inputs.shard, process.env.GITHUB_JOB),
    scratchFolder,
  });
}

/** "2/3" as the action's input gives the place in a matrix. */
function shardOf(place: string, key: string | undefined): ShardName {
  const [, index = '0', total = '1'] = /^(\d{1,3})\/([1-9]\d{0,3})$/.exec(place) ?? [];
  const job = /^[A-Za-z_][\w-]{0,99}$/.test(key ?? '') ? (key ?? '') : 'tests';
  return Number(index) < Number(total)
    ? { job, index: Number(index) + 1, total: Number(total) }
    : { job, index: 1, total: 1 };
}

async function leaveData(
  data: CoverageData,
  { inputs, scratchFolder }: ActionRun,
): Promise<Part<{ readonly sentence: string }>> {
  const content = writeCoverageData(data);
  if (isUnavailable(content)) return content;
  const attempt = Number(process.env.GITHUB_RUN_ATTEMPT) || 1;
  for (let ordinal = 1; ordinal <= mostOrdinals; ordinal += 1) {
    const name = artifactName({ instance: inputs.id, shard: data.shard, attempt, ordinal });
    const uploaded = await uploadArtifact({ name, file: dataFile, content, scratchFolder });
    if (isUnavailable(uploaded)) return uploaded;
    if ('nameTaken' in uploaded) continue;
    return {
      sentence: `Left the line status of ${counted(data.files.size, 'file')} at ${data.measuredCommit.slice(0, 7)} as the artifact ${quoteName(name)}; the judging workflow reads it.`,
    };
  }
  return unavailable(
    `this run has ${mostOrdinals} artifacts of the job ${quoteName(shardText(data.shard))} already; give the jobs different keys`,
  );
}

function remarksOf({ data, remarks }: MeasuredWorkspace): readonly string[] {
  const unmapped = data.unmapped.filter(({ isThirdParty }) => !isThirdParty);
  const shown = unmapped.slice(0, 10);
  return [
    ...remarks,
    ...shown.map(({ reportPath, why }) => `${quoteName(reportPath)} in the coverage report: ${why}`),
    ...(unmapped.length > shown.length
      ? [`${unmapped.length - shown.length} more paths of the coverage report match no tracked file`]
      : []),
  ];
}
