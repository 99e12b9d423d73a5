const e=require("./core.js"),t=require("./timeline.js"),n=require("./merge-message.js"),r=`{ __typename login }`,i=`pageInfo { hasNextPage endCursor }`,a=`{ ${i} nodes { id state body submittedAt author ${r} commit { oid } comments { totalCount } } }`,o=e=>`{ ${i} nodes { commit { oid parents { totalCount } authors(first: ${e}) { pageInfo { hasNextPage } nodes { email user ${r} } } } } }`,s=`{
  ${i}
  nodes {
    __typename
    ... on ReadyForReviewEvent { createdAt }
    ... on ConvertToDraftEvent { createdAt }
    ... on ReviewDismissedEvent { createdAt previousReviewState review { id } }
  }
}`,c=`[READY_FOR_REVIEW_EVENT, CONVERT_TO_DRAFT_EVENT, REVIEW_DISMISSED_EVENT]`,l=`id number title headRefName baseRefName headRefOid createdAt mergedAt updatedAt additions deletions
        mergeCommit { oid }
        author ${r}
        mergedBy ${r}
        reviews(first: 20) ${a}
        commits(first: 20) ${o(5)}
        timelineItems(first: 20, itemTypes: ${c}) ${s}`,u=`
query MergedPulls($owner: String!, $name: String!, $page: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    defaultBranchRef { name }
    pullRequests(states: MERGED, first: $page, after: $after, orderBy: { field: UPDATED_AT, direction: DESC }) {
      ${i}
      nodes {
        ${l}
      }
    }
  }
}`;function d(e){return`
query PullsByNumber($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    pullRequestTemplates { body }
    ${e.map(e=>`p${e}: pullRequest(number: ${e}) {
        ${l}
        body changedFiles labels(first: 20) { nodes { name } }
      }`).join(`
    `)}
  }
}`}function f(e){let t=Array.from({length:e},(e,t)=>t);return`
query RestOfPulls($page: Int!, ${t.flatMap(e=>[`$id${e}: ID!`,...[`reviews`,`commits`,`timelineItems`].flatMap(t=>[`$${t}${e}: String`,`$want_${t}${e}: Boolean!`])]).join(`, `)}) {
  ${t.map(e=>`p${e}: node(id: $id${e}) {
    ... on PullRequest {
      reviews(first: $page, after: $reviews${e}) @include(if: $want_reviews${e}) ${a}
      commits(first: $page, after: $commits${e}) @include(if: $want_commits${e}) ${o(100)}
      timelineItems(first: $page, after: $timelineItems${e}, itemTypes: ${c})
        @include(if: $want_timelineItems${e}) ${s}
    }
  }`).join(`
`)}
}`}function p(e){return`
query Descriptions($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    pullRequestTemplates { body }
    ${e.map(e=>`p${e}: pullRequest(number: ${e}) { number title body author ${r} }`).join(`
    `)}
  }
}`}const m=[`reviews`,`commits`,`timelineItems`];function h(e){let t={node:e,lists:{reviews:{nodes:[],next:void 0,failed:void 0},commits:{nodes:[],next:void 0,failed:void 0},timelineItems:{nodes:[],next:void 0,failed:void 0}}};for(let n of m)g(t,n,e[n]);return t}function g(e,t,n){let r=e.lists[t],{hasNextPage:i=!1,endCursor:a=null}=n?.pageInfo??{};!n?.nodes||n.nodes.some(e=>e==null)?_(r,`GitHub left holes in what it returned`):i&&(a===null||a===r.next)?_(r,`GitHub did not say how a list goes on`):t===`commits`&&n.nodes.some(S)?r.next===void 0?r.next=null:_(r,`a commit has more than 100 authors`):(r.nodes.push(...n.nodes),r.next=i?a:void 0)}function _(e,t){e.failed=t,e.next=void 0}function v(e){return e!=null&&m.every(t=>e[t]?.nodes?.every(e=>e!==null)===!0)}function y({node:e,lists:t},r){if(e.mergedAt)return{number:e.number,createdAt:e.createdAt,mergedAt:e.mergedAt,isRevert:n.t({title:e.title,branch:e.headRefName}),lines:e.additions+e.deletions,head:e.headRefOid,...e.mergeCommit&&{mergeCommit:e.mergeCommit.oid},review:b(e,t,r)}}function b(n,r,i){let a=m.map(e=>r[e].failed).find(e=>e!==void 0);return a===void 0?t.t({createdAt:n.createdAt,mergedAt:n.mergedAt,author:n.author??null,mergedBy:n.mergedBy??null,reviews:r.reviews.nodes,commits:r.commits.nodes.flatMap(x),events:r.timelineItems.nodes},i):e.it(a)}function x({commit:e}){return e?[{oid:e.oid,parents:e.parents.totalCount,authors:(e.authors?.nodes??[]).flatMap(e=>e??[])}]:[]}function S(e){return e.commit?.authors?.pageInfo.hasNextPage===!0}async function C(e,t){for(let n=0;n<20;n+=1){let n=t.filter(e=>T(e).length>0);if(n.length===0)return;for(let t=0;t<n.length;t+=10)await w(e,n.slice(t,t+10))}for(let e of t)for(let t of T(e))_(e.lists[t],`it has more than 1000 ${t}`)}async function w(e,t){let n=t.flatMap((e,t)=>[[`id${t}`,e.node.id],...m.flatMap(n=>[[`${n}${t}`,e.lists[n].next??null],[`want_${n}${t}`,e.lists[n].next!==void 0]])]),r=await e.graphqlPartial(f(t.length),{page:50,...Object.fromEntries(n)});t.forEach((e,t)=>{for(let n of T(e))r.ok?g(e,n,r.data.data[`p${t}`]?.[n]):_(e.lists[n],r.error.message)})}function T({lists:e}){return m.filter(t=>e[t].next!==void 0)}Object.defineProperty(exports,"a",{enumerable:!0,get:function(){return p}}),Object.defineProperty(exports,"i",{enumerable:!0,get:function(){return h}}),Object.defineProperty(exports,"n",{enumerable:!0,get:function(){return v}}),Object.defineProperty(exports,"o",{enumerable:!0,get:function(){return u}}),Object.defineProperty(exports,"r",{enumerable:!0,get:function(){return y}}),Object.defineProperty(exports,"s",{enumerable:!0,get:function(){return d}}),Object.defineProperty(exports,"t",{enumerable:!0,get:function(){return C}});