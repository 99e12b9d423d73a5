const e=require("./core.js"),t=require("./judged.js"),n=require("./timeline.js"),r=require("./api-error.js"),i=`{ __typename login }`,a=[``,`.github/`,`docs/`].flatMap(e=>[`${e}pull_request_template.md`,`${e}PULL_REQUEST_TEMPLATE.md`]),o=[``,`.github/`,`docs/`].map(e=>`${e}PULL_REQUEST_TEMPLATE`),s=[...a.map((e,t)=>`file${t}: file(path: "${e}") { object { ... on Blob { text } } }`),...o.map((e,t)=>`folder${t}: file(path: "${e}") { object { ... on Tree { entries { name object { ... on Blob { text } } } } } }`)].join(`
`),c={labels:{args:``,nodes:`name`},commits:{args:``,nodes:`commit { id oid parents { totalCount } authors(first: 10) { pageInfo { hasNextPage } nodes { email user ${i} } } }`},reviews:{args:``,nodes:`id state body submittedAt author ${i} commit { oid } comments { totalCount }`},timelineItems:{args:`itemTypes: [
      READY_FOR_REVIEW_EVENT
      CONVERT_TO_DRAFT_EVENT
      REVIEW_REQUESTED_EVENT
      REVIEW_REQUEST_REMOVED_EVENT
      REVIEW_DISMISSED_EVENT
      HEAD_REF_FORCE_PUSHED_EVENT
      ADDED_TO_MERGE_QUEUE_EVENT
      REMOVED_FROM_MERGE_QUEUE_EVENT
      AUTO_MERGE_ENABLED_EVENT
      AUTO_SQUASH_ENABLED_EVENT
      AUTO_REBASE_ENABLED_EVENT
      AUTO_MERGE_DISABLED_EVENT
      BASE_REF_CHANGED_EVENT
      AUTOMATIC_BASE_CHANGE_SUCCEEDED_EVENT
    ]`,nodes:`
      __typename
      ... on ReadyForReviewEvent { createdAt }
      ... on ConvertToDraftEvent { createdAt }
      ... on ReviewRequestedEvent { createdAt requestedReviewer { ...reviewer } }
      ... on ReviewRequestRemovedEvent { createdAt requestedReviewer { ...reviewer } }
      ... on ReviewDismissedEvent { createdAt previousReviewState review { id } }
      ... on HeadRefForcePushedEvent { createdAt beforeCommit { oid } afterCommit { oid } }
      ... on AddedToMergeQueueEvent { createdAt }
      ... on RemovedFromMergeQueueEvent { createdAt }
      ... on AutoMergeEnabledEvent { createdAt }
      ... on AutoSquashEnabledEvent { createdAt }
      ... on AutoRebaseEnabledEvent { createdAt }
      ... on AutoMergeDisabledEvent { createdAt }
      ... on BaseRefChangedEvent { createdAt }
      ... on AutomaticBaseChangeSucceededEvent { createdAt }`}},l=[`labels`,`commits`,`reviews`,`timelineItems`];function u(e){return`want${e.charAt(0).toUpperCase()}${e.slice(1)}`}function d(e,t,n){let{args:r,nodes:i}=c[e];return`${e}(first: $page ${t} ${r}) ${n} { pageInfo { hasNextPage endCursor } nodes { ${i} } }`}const f=l.map(e=>d(e,``,``)).join(`
`),p=l.map(e=>d(e,`after: $${e}`,`@include(if: $${u(e)})`)).join(`
`),m=l.map(e=>`$${e}: String, $${u(e)}: Boolean!`).join(`, `),h=`
fragment reviewer on RequestedReviewer {
  __typename
  ... on User { login }
  ... on Bot { login }
  ... on Mannequin { login }
  ... on Team { id }
}`,g=`
query PullRequest($owner: String!, $name: String!, $number: Int!, $page: Int!) {
  repository(owner: $owner, name: $name) {
    id
    pullRequestTemplates { body }
    pullRequest(number: $number) {
      id number title body state isDraft locked createdAt mergedAt
      authorAssociation isCrossRepository headRepository { id }
      baseRefName headRefName baseRefOid headRefOid
      author ${i}
      mergedBy ${i}
      baseRef { target { ... on Commit { ${s} } } }
      ${f}
    }
  }
}
${h}`,_=`
query FurtherPages($owner: String!, $name: String!, $number: Int!, $page: Int!, ${m}) {
  repository(owner: $owner, name: $name) { pullRequest(number: $number) { ${p} } }
}
${h}`,v=`
query CommitAuthors($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on Commit { id authors(first: 100) { pageInfo { hasNextPage } nodes { email user ${i} } } }
  }
}`;async function y(t,{owner:n,name:r,number:i},a,o,s){let c={labels:{nodes:[],next:void 0,failed:void 0},commits:{nodes:[],next:void 0,failed:void 0},reviews:{nodes:[],next:void 0,failed:void 0},timelineItems:{nodes:[],next:void 0,failed:void 0}};for(let e of l)x(c[e],e,o[e],s);for(let e=1;e<50;e+=1){let e=l.filter(e=>c[e].next!==void 0);if(e.length===0)break;let o=l.flatMap(t=>[[t,c[t].next??null],[u(t),e.includes(t)]]),s=await t.graphqlPartial(_,{owner:n,name:r,number:i,page:a,...Object.fromEntries(o)});for(let t of e)s.ok?x(c[t],t,s.data.data.repository?.pullRequest?.[t],s.data.errors):C(c[t],`the rest of its ${b[t]} could not be read: ${s.error.message}`)}for(let e of l)c[e].next!==void 0&&C(c[e],`it has more than ${50*a} ${b[e]}`);return Object.fromEntries(l.map(t=>{let{nodes:n,failed:r}=c[t];return[t,r===void 0?n:e.dt(r)]}))}const b={labels:`labels`,commits:`commits`,reviews:`reviews`,timelineItems:`events`};function x(e,t,n,i){let a=i.find(({path:e})=>S(e,t)),{hasNextPage:o=!1,endCursor:s=null}=n?.pageInfo??{};a?C(e,r.n(a).message):!n?.nodes||n.nodes.some(e=>e==null)?C(e,`GitHub left holes in the ${b[t]} it returned`):o&&(s===null||s===e.next)?C(e,`GitHub did not say how the ${b[t]} go on`):(e.nodes.push(...n.nodes),e.next=o?s??void 0:void 0)}function S(e,t){return!e||e.length<=2?!e||e.every(e=>e!==`pullRequestTemplates`):e[1]===`pullRequest`&&e[2]===t}function C(e,t){e.failed=t,e.next=void 0}const w=`{ __typename login }`,T=`{ createdAt body author ${w} originalCommit { oid } }`,E=e=>`comments(first: ${e}) { pageInfo { hasNextPage } nodes ${T} }`,D=`{ id path line startLine diffSide isResolved isOutdated ${E(30)} }`,O=`pageInfo { hasNextPage endCursor }`,k=`
  ${O}
  nodes {
    __typename
    ... on CheckRun { name status conclusion startedAt completedAt }
    ... on StatusContext { context state createdAt }
  }`,A=`
query ReviewDetails(
  $owner: String!, $name: String!, $number: Int!, $page: Int!, $baseName: String!,
  $head: GitObjectID!, $approved: GitObjectID!, $wantApproved: Boolean!, $wantComments: Boolean!
) {
  repository(owner: $owner, name: $name) {
    defaultBranchRef { name }
    head: object(oid: $head) { ...checked }
    approved: object(oid: $approved) @include(if: $wantApproved) { ...checked }
    stack: pullRequests(headRefName: $baseName, states: [OPEN, MERGED], first: 5, orderBy: { field: CREATED_AT, direction: DESC }) {
      nodes { number state isCrossRepository author ${w} reviews(first: 50) { nodes ${`{ id state body submittedAt author ${w} commit { oid } comments { totalCount } }`} } }
    }
    queue: pullRequests(states: OPEN, first: 50, orderBy: { field: UPDATED_AT, direction: DESC }) {
      pageInfo { hasNextPage }
      nodes {
        number isDraft author ${w} reviews(first: 10) { totalCount nodes { author ${w} } }
        reviewRequests(first: 10) { nodes { requestedReviewer { __typename ... on Team { id combinedSlug } } } }
      }
    }
    pullRequest(number: $number) {
      additions deletions changedFiles
      commits(first: 100) { nodes { commit { oid additions deletions parents { totalCount } } } }
      reviewThreads(first: $page) { ${O} nodes ${D} }
      comments(first: $page) @include(if: $wantComments) { ${O} nodes { createdAt body author ${w} } }
    }
  }
}
fragment checked on Commit { oid statusCheckRollup { contexts(first: 100) { ${k} } } }`,j=`
query FurtherDetails(
  $owner: String!, $name: String!, $number: Int!, $page: Int!,
  $threads: String, $wantThreads: Boolean!, $comments: String, $wantComments: Boolean!
) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      reviewThreads(first: $page, after: $threads) @include(if: $wantThreads) { ${O} nodes ${D} }
      comments(first: $page, after: $comments) @include(if: $wantComments) {
        ${O} nodes { createdAt body author ${w} }
      }
    }
  }
}`,M=`
query WholeThreads($ids: [ID!]!) {
  nodes(ids: $ids) { ... on PullRequestReviewThread { id ${E(100)} } }
}`,N=`
query FurtherChecks($owner: String!, $name: String!, $commit: GitObjectID!, $after: String) {
  repository(owner: $owner, name: $name) {
    object(oid: $commit) { ... on Commit { statusCheckRollup { contexts(first: 100, after: $after) { ${k} } } } }
  }
}`;async function P(e,t,n){let r=[];for(let i of n){let n=await ee(e,t,i);if(`unavailable`in n)return n;r.push(n)}return r}async function ee(t,{owner:n,name:r},{commit:i,node:a,refused:o}){if(o!==void 0)return e.dt(o);if(!a)return e.dt(`GitHub no longer knows the commit ${i.slice(0,7)}`);let s=[],c=a.statusCheckRollup?.contexts,l=null;for(let a=1;c;a+=1){if(!c.nodes||c.nodes.some(e=>!e))return e.dt(`GitHub left holes in the checks it returned`);s.push(...c.nodes.flatMap(e=>e??[]));let{hasNextPage:o,endCursor:u}=c.pageInfo;if(!o)break;if(u===null||u===l||a>=20)return e.dt(`GitHub did not tell all checks`);l=u;let d=await t.graphql(N,{owner:n,name:r,commit:i,after:l});if(!d.ok)return e.dt(`the rest of its checks could not be read: ${d.error.message}`);c=d.data.repository?.object?.statusCheckRollup?.contexts}return{commit:i,checks:s}}async function F(t,n){let{address:r,pageSize:i,wantComments:a,node:o,refused:s}=n,c={nodes:[],next:void 0,failed:s},l={nodes:[],next:void 0,failed:s};L(c,o?.reviewThreads),a&&L(l,o?.comments);for(let e=1;e<50&&(c.next??l.next)!==void 0;e+=1){let e=c.next!==void 0,n=l.next!==void 0,a=await t.graphql(j,{...r,page:i,threads:c.next??null,wantThreads:e,comments:l.next??null,wantComments:n});if(!a.ok){e&&R(c,a.error.message),n&&R(l,a.error.message);break}let o=a.data.repository?.pullRequest;e&&L(c,o?.reviewThreads),n&&L(l,o?.comments)}for(let e of[c,l])e.next!==void 0&&R(e,`it has more than ${50*i} of them`);return{threads:c.failed===void 0?await I(t,c.nodes):e.dt(`its review threads could not be read: ${c.failed}`),...a&&l.failed===void 0&&{comments:l.nodes},remarks:a&&l.failed!==void 0?[`approvals by comment were not read (${l.failed})`]:[]}}async function I(t,n){let r=new Map(n.map(({id:e,comments:t})=>[e,t])),i=n.filter(({comments:e})=>e?.pageInfo.hasNextPage).map(({id:e})=>e);for(let n=0;n<i.length;n+=20){let a=await t.graphql(M,{ids:i.slice(n,n+20)});if(!a.ok)return e.dt(`its review threads could not all be read: ${a.error.message}`);for(let e of a.data.nodes)e?.id&&r.set(e.id,e.comments)}let a=[];for(let t of n){let n=r.get(t.id);if(!n?.nodes||n.pageInfo.hasNextPage||n.nodes.some(e=>!e))return e.dt(`the comments of one of its review threads could not all be read`);a.push({...t,comments:n.nodes.flatMap(e=>e??[])})}return a}function L(e,t){if(e.failed!==void 0)return;let{hasNextPage:n=!1,endCursor:r=null}=t?.pageInfo??{};!t?.nodes||t.nodes.some(e=>e==null)?R(e,`GitHub left holes in what it returned`):n&&(r===null||r===e.next)?R(e,`GitHub did not say how the list goes on`):(e.nodes.push(...t.nodes.flatMap(e=>e??[])),e.next=n?r??void 0:void 0)}function R(e,t){e.failed=t,e.next=void 0}async function z(e,{owner:t,name:n,number:r},i){let a={owner:t,name:n,number:r},{baseName:o,head:s,approved:c,wantComments:l}=i,u=await e.graphqlPartial(A,{...a,page:50,baseName:o,head:s,approved:c??s,wantApproved:c!==void 0,wantComments:l});if(!u.ok)return B(u.error.message,l);let{data:d,errors:f}=u.data,{repository:p}=d;if(!p)return B(U(f)??`GitHub returned nothing about it`,l);let m=(...e)=>U(f.filter(t=>W(t,e))),h=p.pullRequest,g=[{commit:s,node:p.head,refused:m(`head`)},...c===void 0?[]:[{commit:c,node:p.approved,refused:m(`approved`)}]],[_,v]=await Promise.all([F(e,{address:a,pageSize:50,wantComments:l,node:h,refused:m(`pullRequest`)}),P(e,a,g)]),y=V(p,o,r,m(`stack`)),b=h?.commits?.nodes?.flatMap(e=>e?.commit&&e.commit.parents.totalCount<=1?[{commit:e.commit.oid,lines:e.commit.additions+e.commit.deletions}]:[]);return{threads:_.threads,...`comments`in _&&{comments:_.comments},checks:v,...y&&{stackedOn:y},openPulls:H(p,r,m(`queue`)),...h&&{size:{lines:h.additions+h.deletions,files:h.changedFiles}},...b&&b.length<100&&{commitSizes:b},remarks:_.remarks}}function B(t,n){let r=e.dt(t);return{threads:r,checks:r,openPulls:r,remarks:n?[`approvals by comment were not read (${t})`]:[]}}function V({defaultBranchRef:t,stack:n},r,i,a){if(t?.name===r)return;if(!n?.nodes)return a===void 0?void 0:e.dt(a);let o=n.nodes.find(e=>e&&!e.isCrossRepository&&e.number!==i);if(!o)return;let{state:s,author:c,reviews:l}=o;return{number:o.number,state:s,author:c,reviews:(l?.nodes??[]).flatMap(e=>e??[])}}function H({queue:t},n,r){return t?.nodes?{pulls:t.nodes.flatMap(e=>e??[]).filter(e=>e.number!==n),isCut:t.pageInfo.hasNextPage}:e.dt(r??`GitHub did not tell which pull requests are open`)}function U(e){let[t]=e;return t&&r.n(t).message}function W({path:e=[]},t){let n=e[0]===`repository`?e.slice(1):e;return t.every((e,t)=>n[t]===void 0||n[t]===e)}function G(e,t){let n=[...(e??[]).map(({body:e})=>e),...Object.values(t??{}).flatMap(e=>e?K(e):[])];return[...new Set(n.filter(e=>!!e?.trim()))]}function K({object:e}){let t=(e?.entries??[]).filter(({name:e})=>/\.(?:md|txt)$/i.test(e));return[e?.text,...t.map(e=>e.object?.text)]}const q=[100,25];async function J(e,t,n,i={}){let{result:a,pageSize:o}=await Y(e,t);if(!a.ok)return Z(a.error.message);let{data:s,errors:c}=a.data,l=s.repository,u=l?.pullRequest;if(!l||!u)return Z(Q(t,c));let d=await y(e,t,o,u,c),f=G(l.pullRequestTemplates,u.baseRef?.target),p=c.find(({path:e})=>e?.includes(`pullRequestTemplates`)||e?.includes(`baseRef`)),{review:m,remarks:h}=await ne(e,t,{node:u,lists:d,errors:c,people:n,options:i});return{pullRequest:te(u,d,f,c,n),review:m,handles:{repositoryId:l.id,pullRequestId:u.id,base:u.baseRefOid,head:u.headRefOid},remarks:[...p?[`pull request templates were not all read (${r.n(p).message})`]:[],...h]}}async function Y(e,{owner:t,name:n,number:r}){let[i,a]=q,o=i=>e.graphqlPartial(g,{owner:t,name:n,number:r,page:i}),s=await o(i);return(s.ok?s.data.errors.some(({message:e})=>/resource limits|timeout|timed out/i.test(e)):X(s.error))?{result:await o(a),pageSize:a}:{result:s,pageSize:i}}function X(e){return e.status===502||e.status===504||/resource limits|timeout|timed out/i.test(e.message)}function Z(t){return{pullRequest:e.dt(t),review:e.dt(t),remarks:[]}}function Q({owner:e,name:t,number:n},i){let a=i.find(({path:e})=>!e?.includes(`pullRequestTemplates`));return a&&a.type!==`NOT_FOUND`?r.n(a).message:a?.path?.length===1?`GitHub knows no repository ${e}/${t}, or the token may not see it`:`${e}/${t} has no pull request ${n}`}function te(t,n,r,i,a){if(e.ut(n.labels))return n.labels;let o=$(i,[`author`]);return o?e.dt(o):{number:t.number,title:t.title,body:t.body,state:t.state===`MERGED`?`merged`:t.state===`CLOSED`?`closed`:`open`,isDraft:t.isDraft,isLocked:t.locked,author:a(t.author&&{login:t.author.login,type:t.author.__typename}),isFromFork:t.isCrossRepository||t.headRepository===null,isFirstContribution:/^FIRST_TIME(?:R|_CONTRIBUTOR)$/.test(t.authorAssociation),baseBranch:t.baseRefName,headBranch:t.headRefName,labels:n.labels.map(({name:e})=>e),templates:r}}async function ne(r,i,{node:a,lists:o,errors:s,people:c,options:l}){let{reviews:u,timelineItems:d}=o;if(e.ut(u))return{review:u,remarks:[]};if(e.ut(d))return{review:d,remarks:[]};if(e.ut(o.commits))return{review:o.commits,remarks:[]};let f=$(s,[`author`,`mergedBy`]);if(f)return{review:e.dt(f),remarks:[]};let p=await re(r,o.commits);if(e.ut(p))return{review:p,remarks:[]};let{createdAt:m,mergedAt:h,author:g,mergedBy:_}=a,v={createdAt:m,mergedAt:h,author:g,mergedBy:_,reviews:u,commits:p,events:d},y=t.v(n.t(v,c,l)),b=y&&!e.ut(y)&&y.commit!==a.headRefOid,{remarks:x,...S}=await z(r,i,{baseName:a.baseRefName,head:a.headRefOid,...b&&{approved:y.commit},wantComments:(l.approvalWords?.length??0)>0});return{review:n.t({...v,...S},c,l),remarks:x}}async function re(t,n){let r=n.flatMap(({commit:e})=>e?[e]:[]),i=r.filter(({authors:e})=>e?.pageInfo.hasNextPage).map(({id:e})=>e),a=new Map(r.map(({id:e,authors:t})=>[e,t]));for(let n=0;n<i.length;n+=50){let r=i.slice(n,n+50),o=await t.graphql(v,{ids:r});if(!o.ok)return e.dt(`co-authors of its commits could not be read: ${o.error.message}`);for(let e of o.data.nodes)e?.id&&a.set(e.id,e.authors)}let o=[];for(let{id:t,oid:n,parents:i}of r){let r=a.get(t);if(!r?.nodes||r.pageInfo.hasNextPage||r.nodes.some(e=>!e))return e.dt(`the authors of its commit ${n.slice(0,7)} could not all be read`);o.push({oid:n,parents:i.totalCount,authors:r.nodes.filter(e=>e!=null)})}return o.length<n.length?e.dt(`GitHub left holes in the commits it returned`):o}function $(e,t){let n=e.find(({path:e})=>e?.[1]===`pullRequest`&&t.includes(String(e[2])));return n&&r.n(n).message}exports.readPullRequest=J;