/** Where this project lives on GitHub, as an action names it: the one place that says so. */
export const projectName = 'review-vitals/review-vitals';

/** Its page. */
export const projectUrl = `https://github.com/${projectName}`;

/** What a workflow uses where nobody names another owner. */
export const projectAction = `${projectName}@v1`;
