import * as core from '@actions/core';
import { context, getOctokit } from '@actions/github';

/** The least that an action with the two usual packages does. */
const octokit = getOctokit(core.getInput('token'));
core.info(`Hello ${context.eventName}, ${typeof octokit.rest.issues.createComment}`);
