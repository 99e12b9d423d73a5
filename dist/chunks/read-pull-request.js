import{it as e,rt as t}from"./core2.js";import{g as n}from"./judged.js";import{t as r}from"./timeline.js";import{n as i}from"./api-error.js";const a=`{ __typename login }`,o=[``,`.github/`,`docs/`].flatMap(e=>[`${e}pull_request_template.md`,`${e}PULL_REQUEST_TEMPLATE.md`]),s=[``,`.github/`,`docs/`].map(e=>`${e}PULL_REQUEST_TEMPLATE`),c=[...o.map((e,t)=>`file${t}: file(path: "${e}") { object { ... on Blob { text } } }`),...s.map((e,t)=>`folder${t}: file(path: "${e}") { object { ... on Tree { entries { name object { ... on Blob { text } } } } } }`)].join(`
`),l={labels:{args:``,nodes:`name`},commits:{args:``,nodes:`commit { id oid parents { totalCount } authors(first: 10) { pageInfo { hasNextPage } nodes { email user ${a} } } }`},reviews:{args:``,nodes:`id state body submittedAt author ${a} commit { oid } comments { totalCount }`},timelineItems:{args:`itemTypes: [
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
      ... on AutomaticBaseChangeSucceededEvent { createdAt }`}},u=[`labels`,`commits`,`reviews`,`timelineItems`];function d(e){return`want${e.charAt(0).toUpperCase()}${e.slice(1)}`}function f(e,t,n){let{args:r,nodes:i}=l[e];return`${e}(first: $page ${t} ${r}) ${n} { pageInfo { hasNextPage endCursor } nodes { ${i} } }`}const p=u.map(e=>f(e,``,``)).join(`
`),m=u.map(e=>f(e,`after: $${e}`,`@include(if: $${d(e)})`)).join(`
`),h=u.map(e=>`$${e}: String, $${d(e)}: Boolean!`).join(`, `),g=`
fragment reviewer on RequestedReviewer {
  __typename
  ... on User { login }
  ... on Bot { login }
  ... on Mannequin { login }
  ... on Team { id }
}`,_=`
query PullRequest($owner: String!, $name: String!, $number: Int!, $page: Int!) {
  repository(owner: $owner, name: $name) {
    id
    pullRequestTemplates { body }
    pullRequest(number: $number) {
      id number title body state isDraft locked createdAt mergedAt
      authorAssociation isCrossRepository headRepository { id }
      baseRefName headRefName baseRefOid headRefOid
      author ${a}
      mergedBy ${a}
      baseRef { target { ... on Commit { ${c} } } }
      ${p}
    }
  }
}
${g}`,v=`
query FurtherPages($owner: String!, $name: String!, $number: Int!, $page: Int!, ${h}) {
  repository(owner: $owner, name: $name) { pullRequest(number: $number) { ${m} } }
}
${g}`,y=`
query CommitAuthors($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on Commit { id authors(first: 100) { pageInfo { hasNextPage } nodes { email user ${a} } } }
  }
}`;async function b(t,{owner:n,name:r,number:i},a,o,s){let c={labels:{nodes:[],next:void 0,failed:void 0},commits:{nodes:[],next:void 0,failed:void 0},reviews:{nodes:[],next:void 0,failed:void 0},timelineItems:{nodes:[],next:void 0,failed:void 0}};for(let e of u)S(c[e],e,o[e],s);for(let e=1;e<50;e+=1){let e=u.filter(e=>c[e].next!==void 0);if(e.length===0)break;let o=u.flatMap(t=>[[t,c[t].next??null],[d(t),e.includes(t)]]),s=await t.graphqlPartial(v,{owner:n,name:r,number:i,page:a,...Object.fromEntries(o)});for(let t of e)s.ok?S(c[t],t,s.data.data.repository?.pullRequest?.[t],s.data.errors):w(c[t],`the rest of its ${x[t]} could not be read: ${s.error.message}`)}for(let e of u)c[e].next!==void 0&&w(c[e],`it has more than ${50*a} ${x[e]}`);return Object.fromEntries(u.map(t=>{let{nodes:n,failed:r}=c[t];return[t,r===void 0?n:e(r)]}))}const x={labels:`labels`,commits:`commits`,reviews:`reviews`,timelineItems:`events`};function S(e,t,n,r){let a=r.find(({path:e})=>C(e,t)),{hasNextPage:o=!1,endCursor:s=null}=n?.pageInfo??{};a?w(e,i(a).message):!n?.nodes||n.nodes.some(e=>e==null)?w(e,`GitHub left holes in the ${x[t]} it returned`):o&&(s===null||s===e.next)?w(e,`GitHub did not say how the ${x[t]} go on`):(e.nodes.push(...n.nodes),e.next=o?s??void 0:void 0)}function C(e,t){return!e||e.length<=2?!e||e.every(e=>e!==`pullRequestTemplates`):e[1]===`pullRequest`&&e[2]===t}function w(e,t){e.failed=t,e.next=void 0}const T=`{ __typename login }`,E=`{ createdAt body author ${T} originalCommit { oid } }`,D=e=>`comments(first: ${e}) { pageInfo { hasNextPage } nodes ${E} }`,O=`{ id path line startLine diffSide isResolved isOutdated ${D(30)} }`,k=`pageInfo { hasNextPage endCursor }`,A=`
  ${k}
  nodes {
    __typename
    ... on CheckRun { name status conclusion startedAt completedAt }
    ... on StatusContext { context state createdAt }
  }`,j=`
query ReviewDetails(
  $owner: String!, $name: String!, $number: Int!, $page: Int!, $baseName: String!,
  $head: GitObjectID!, $approved: GitObjectID!, $wantApproved: Boolean!, $wantComments: Boolean!
) {
  repository(owner: $owner, name: $name) {
    defaultBranchRef { name }
    head: object(oid: $head) { ...checked }
    approved: object(oid: $approved) @include(if: $wantApproved) { ...checked }
    stack: pullRequests(headRefName: $baseName, states: [OPEN, MERGED], first: 5, orderBy: { field: CREATED_AT, direction: DESC }) {
      nodes { number state isCrossRepository author ${T} reviews(first: 50) { nodes ${`{ id state body submittedAt author ${T} commit { oid } comments { totalCount } }`} } }
    }
    queue: pullRequests(states: OPEN, first: 50, orderBy: { field: UPDATED_AT, direction: DESC }) {
      pageInfo { hasNextPage }
      nodes {
        number isDraft author ${T} reviews(first: 10) { totalCount nodes { author ${T} } }
        reviewRequests(first: 10) { nodes { requestedReviewer { __typename ... on Team { id combinedSlug } } } }
      }
    }
    pullRequest(number: $number) {
      additions deletions changedFiles
      commits(first: 100) { nodes { commit { oid additions deletions parents { totalCount } } } }
      reviewThreads(first: $page) { ${k} nodes ${O} }
      comments(first: $page) @include(if: $wantComments) { ${k} nodes { createdAt body author ${T} } }
    }
  }
}
fragment checked on Commit { oid statusCheckRollup { contexts(first: 100) { ${A} } } }`,M=`
query FurtherDetails(
  $owner: String!, $name: String!, $number: Int!, $page: Int!,
  $threads: String, $wantThreads: Boolean!, $comments: String, $wantComments: Boolean!
) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      reviewThreads(first: $page, after: $threads) @include(if: $wantThreads) { ${k} nodes ${O} }
      comments(first: $page, after: $comments) @include(if: $wantComments) {
        ${k} nodes { createdAt body author ${T} }
      }
    }
  }
}`,N=`
query WholeThreads($ids: [ID!]!) {
  nodes(ids: $ids) { ... on PullRequestReviewThread { id ${D(100)} } }
}`,P=`
query FurtherChecks($owner: String!, $name: String!, $commit: GitObjectID!, $after: String) {
  repository(owner: $owner, name: $name) {
    object(oid: $commit) { ... on Commit { statusCheckRollup { contexts(first: 100, after: $after) { ${A} } } } }
  }
}`;async function F(e,t,n){let r=[];for(let i of n){let n=await I(e,t,i);if(`unavailable`in n)return n;r.push(n)}return r}async function I(t,{owner:n,name:r},{commit:i,node:a,refused:o}){if(o!==void 0)return e(o);if(!a)return e(`GitHub no longer knows the commit ${i.slice(0,7)}`);let s=[],c=a.statusCheckRollup?.contexts,l=null;for(let a=1;c;a+=1){if(!c.nodes||c.nodes.some(e=>!e))return e(`GitHub left holes in the checks it returned`);s.push(...c.nodes.flatMap(e=>e??[]));let{hasNextPage:o,endCursor:u}=c.pageInfo;if(!o)break;if(u===null||u===l||a>=20)return e(`GitHub did not tell all checks`);l=u;let d=await t.graphql(P,{owner:n,name:r,commit:i,after:l});if(!d.ok)return e(`the rest of its checks could not be read: ${d.error.message}`);c=d.data.repository?.object?.statusCheckRollup?.contexts}return{commit:i,checks:s}}async function L(t,n){let{address:r,pageSize:i,wantComments:a,node:o,refused:s}=n,c={nodes:[],next:void 0,failed:s},l={nodes:[],next:void 0,failed:s};z(c,o?.reviewThreads),a&&z(l,o?.comments);for(let e=1;e<50&&(c.next??l.next)!==void 0;e+=1){let e=c.next!==void 0,n=l.next!==void 0,a=await t.graphql(M,{...r,page:i,threads:c.next??null,wantThreads:e,comments:l.next??null,wantComments:n});if(!a.ok){e&&B(c,a.error.message),n&&B(l,a.error.message);break}let o=a.data.repository?.pullRequest;e&&z(c,o?.reviewThreads),n&&z(l,o?.comments)}for(let e of[c,l])e.next!==void 0&&B(e,`it has more than ${50*i} of them`);return{threads:c.failed===void 0?await R(t,c.nodes):e(`its review threads could not be read: ${c.failed}`),...a&&l.failed===void 0&&{comments:l.nodes},remarks:a&&l.failed!==void 0?[`approvals by comment were not read (${l.failed})`]:[]}}async function R(t,n){let r=new Map(n.map(({id:e,comments:t})=>[e,t])),i=n.filter(({comments:e})=>e?.pageInfo.hasNextPage).map(({id:e})=>e);for(let n=0;n<i.length;n+=20){let a=await t.graphql(N,{ids:i.slice(n,n+20)});if(!a.ok)return e(`its review threads could not all be read: ${a.error.message}`);for(let e of a.data.nodes)e?.id&&r.set(e.id,e.comments)}let a=[];for(let t of n){let n=r.get(t.id);if(!n?.nodes||n.pageInfo.hasNextPage||n.nodes.some(e=>!e))return e(`the comments of one of its review threads could not all be read`);a.push({...t,comments:n.nodes.flatMap(e=>e??[])})}return a}function z(e,t){if(e.failed!==void 0)return;let{hasNextPage:n=!1,endCursor:r=null}=t?.pageInfo??{};!t?.nodes||t.nodes.some(e=>e==null)?B(e,`GitHub left holes in what it returned`):n&&(r===null||r===e.next)?B(e,`GitHub did not say how the list goes on`):(e.nodes.push(...t.nodes.flatMap(e=>e??[])),e.next=n?r??void 0:void 0)}function B(e,t){e.failed=t,e.next=void 0}async function V(e,{owner:t,name:n,number:r},i){let a={owner:t,name:n,number:r},{baseName:o,head:s,approved:c,wantComments:l}=i,u=await e.graphqlPartial(j,{...a,page:50,baseName:o,head:s,approved:c??s,wantApproved:c!==void 0,wantComments:l});if(!u.ok)return H(u.error.message,l);let{data:d,errors:f}=u.data,{repository:p}=d;if(!p)return H(G(f)??`GitHub returned nothing about it`,l);let m=(...e)=>G(f.filter(t=>K(t,e))),h=p.pullRequest,g=[{commit:s,node:p.head,refused:m(`head`)},...c===void 0?[]:[{commit:c,node:p.approved,refused:m(`approved`)}]],[_,v]=await Promise.all([L(e,{address:a,pageSize:50,wantComments:l,node:h,refused:m(`pullRequest`)}),F(e,a,g)]),y=U(p,o,r,m(`stack`)),b=h?.commits?.nodes?.flatMap(e=>e?.commit&&e.commit.parents.totalCount<=1?[{commit:e.commit.oid,lines:e.commit.additions+e.commit.deletions}]:[]);return{threads:_.threads,...`comments`in _&&{comments:_.comments},checks:v,...y&&{stackedOn:y},openPulls:W(p,r,m(`queue`)),...h&&{size:{lines:h.additions+h.deletions,files:h.changedFiles}},...b&&b.length<100&&{commitSizes:b},remarks:_.remarks}}function H(t,n){let r=e(t);return{threads:r,checks:r,openPulls:r,remarks:n?[`approvals by comment were not read (${t})`]:[]}}function U({defaultBranchRef:t,stack:n},r,i,a){if(t?.name===r)return;if(!n?.nodes)return a===void 0?void 0:e(a);let o=n.nodes.find(e=>e&&!e.isCrossRepository&&e.number!==i);if(!o)return;let{state:s,author:c,reviews:l}=o;return{number:o.number,state:s,author:c,reviews:(l?.nodes??[]).flatMap(e=>e??[])}}function W({queue:t},n,r){return t?.nodes?{pulls:t.nodes.flatMap(e=>e??[]).filter(e=>e.number!==n),isCut:t.pageInfo.hasNextPage}:e(r??`GitHub did not tell which pull requests are open`)}function G(e){let[t]=e;return t&&i(t).message}function K({path:e=[]},t){let n=e[0]===`repository`?e.slice(1):e;return t.every((e,t)=>n[t]===void 0||n[t]===e)}function q(e,t){let n=[...(e??[]).map(({body:e})=>e),...Object.values(t??{}).flatMap(e=>e?J(e):[])];return[...new Set(n.filter(e=>!!e?.trim()))]}function J({object:e}){let t=(e?.entries??[]).filter(({name:e})=>/\.(?:md|txt)$/i.test(e));return[e?.text,...t.map(e=>e.object?.text)]}const Y=[100,25];async function X(e,t,n,r={}){let{result:a,pageSize:o}=await Z(e,t);if(!a.ok)return Q(a.error.message);let{data:s,errors:c}=a.data,l=s.repository,u=l?.pullRequest;if(!l||!u)return Q(te(t,c));let d=await b(e,t,o,u,c),f=q(l.pullRequestTemplates,u.baseRef?.target),p=c.find(({path:e})=>e?.includes(`pullRequestTemplates`)||e?.includes(`baseRef`)),{review:m,remarks:h}=await re(e,t,{node:u,lists:d,errors:c,people:n,options:r});return{pullRequest:ne(u,d,f,c,n),review:m,handles:{repositoryId:l.id,pullRequestId:u.id,base:u.baseRefOid,head:u.headRefOid},remarks:[...p?[`pull request templates were not all read (${i(p).message})`]:[],...h]}}async function Z(e,{owner:t,name:n,number:r}){let[i,a]=Y,o=i=>e.graphqlPartial(_,{owner:t,name:n,number:r,page:i}),s=await o(i);return(s.ok?s.data.errors.some(({message:e})=>/resource limits|timeout|timed out/i.test(e)):ee(s.error))?{result:await o(a),pageSize:a}:{result:s,pageSize:i}}function ee(e){return e.status===502||e.status===504||/resource limits|timeout|timed out/i.test(e.message)}function Q(t){return{pullRequest:e(t),review:e(t),remarks:[]}}function te({owner:e,name:t,number:n},r){let a=r.find(({path:e})=>!e?.includes(`pullRequestTemplates`));return a&&a.type!==`NOT_FOUND`?i(a).message:a?.path?.length===1?`GitHub knows no repository ${e}/${t}, or the token may not see it`:`${e}/${t} has no pull request ${n}`}function ne(n,r,i,a,o){if(t(r.labels))return r.labels;let s=$(a,[`author`]);return s?e(s):{number:n.number,title:n.title,body:n.body,state:n.state===`MERGED`?`merged`:n.state===`CLOSED`?`closed`:`open`,isDraft:n.isDraft,isLocked:n.locked,author:o(n.author&&{login:n.author.login,type:n.author.__typename}),isFromFork:n.isCrossRepository||n.headRepository===null,isFirstContribution:/^FIRST_TIME(?:R|_CONTRIBUTOR)$/.test(n.authorAssociation),baseBranch:n.baseRefName,headBranch:n.headRefName,labels:r.labels.map(({name:e})=>e),templates:i}}async function re(i,a,{node:o,lists:s,errors:c,people:l,options:u}){let{reviews:d,timelineItems:f}=s;if(t(d))return{review:d,remarks:[]};if(t(f))return{review:f,remarks:[]};if(t(s.commits))return{review:s.commits,remarks:[]};let p=$(c,[`author`,`mergedBy`]);if(p)return{review:e(p),remarks:[]};let m=await ie(i,s.commits);if(t(m))return{review:m,remarks:[]};let{createdAt:h,mergedAt:g,author:_,mergedBy:v}=o,y={createdAt:h,mergedAt:g,author:_,mergedBy:v,reviews:d,commits:m,events:f},b=n(r(y,l,u)),x=b&&!t(b)&&b.commit!==o.headRefOid,{remarks:S,...C}=await V(i,a,{baseName:o.baseRefName,head:o.headRefOid,...x&&{approved:b.commit},wantComments:(u.approvalWords?.length??0)>0});return{review:r({...y,...C},l,u),remarks:S}}async function ie(t,n){let r=n.flatMap(({commit:e})=>e?[e]:[]),i=r.filter(({authors:e})=>e?.pageInfo.hasNextPage).map(({id:e})=>e),a=new Map(r.map(({id:e,authors:t})=>[e,t]));for(let n=0;n<i.length;n+=50){let r=i.slice(n,n+50),o=await t.graphql(y,{ids:r});if(!o.ok)return e(`co-authors of its commits could not be read: ${o.error.message}`);for(let e of o.data.nodes)e?.id&&a.set(e.id,e.authors)}let o=[];for(let{id:t,oid:n,parents:i}of r){let r=a.get(t);if(!r?.nodes||r.pageInfo.hasNextPage||r.nodes.some(e=>!e))return e(`the authors of its commit ${n.slice(0,7)} could not all be read`);o.push({oid:n,parents:i.totalCount,authors:r.nodes.filter(e=>e!=null)})}return o.length<n.length?e(`GitHub left holes in the commits it returned`):o}function $(e,t){let n=e.find(({path:e})=>e?.[1]===`pullRequest`&&t.includes(String(e[2])));return n&&i(n).message}export{X as readPullRequest};