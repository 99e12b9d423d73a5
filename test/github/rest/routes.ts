import type { Route } from '../http/route.ts';
import { actionsRoutes } from './actions.ts';
import { appRoutes } from './apps.ts';
import { checkRoutes } from './checks.ts';
import { commitRoutes } from './commits.ts';
import { contentRoutes } from './contents.ts';
import { deliveryRoutes } from './deliveries.ts';
import { gitDataRoutes } from './git-data.ts';
import { issueRoutes } from './issues.ts';
import { pullRoutes } from './pulls.ts';
import { repositoryRoutes } from './repositories.ts';
import { reviewCommentRoutes } from './review-comments.ts';
import { reviewRoutes } from './reviews.ts';

/** Everything the REST API serves. */
export const restRoutes: readonly Route[] = [
  ...pullRoutes,
  ...reviewRoutes,
  ...reviewCommentRoutes,
  ...issueRoutes,
  ...checkRoutes,
  ...commitRoutes,
  ...gitDataRoutes,
  ...contentRoutes,
  ...repositoryRoutes,
  ...actionsRoutes,
  ...appRoutes,
  ...deliveryRoutes,
];
