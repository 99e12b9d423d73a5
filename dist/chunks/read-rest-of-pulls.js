import{X as e}from"./core2.js";import{t}from"./timeline.js";const n=`{ __typename login }`,r=`pageInfo { hasNextPage endCursor }`,i=`{ ${r} nodes { id state body submittedAt author ${n} commit { oid } comments { totalCount } } }`,a=e=>`{ ${r} nodes { commit { oid parents { totalCount } authors(first: ${e}) { pageInfo { hasNextPage } nodes { email user ${n} } } } } }`,o=`{
  ${r}
  nodes {
    __typename
    ... on ReadyForReviewEvent { createdAt }
    ... on ConvertToDraftEvent { createdAt }
    ... on ReviewDismissedEvent { createdAt previousReviewState review { id } }
  }
}`,s=`[READY_FOR_REVIEW_EVENT, CONVERT_TO_DRAFT_EVENT, REVIEW_DISMISSED_EVENT]`,c=`id number title headRefName baseRefName headRefOid createdAt mergedAt updatedAt additions deletions
        mergeCommit { oid }
        author ${n}
        mergedBy ${n}
        reviews(first: 20) ${i}
        commits(first: 20) ${a(5)}
        timelineItems(first: 20, itemTypes: ${s}) ${o}`,l=`
query MergedPulls($owner: String!, $name: String!, $page: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    defaultBranchRef { name }
    pullRequests(states: MERGED, first: $page, after: $after, orderBy: { field: UPDATED_AT, direction: DESC }) {
      ${r}
      nodes {
        ${c}
      }
    }
  }
}`;function u(e){return`
query PullsByNumber($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    pullRequestTemplates { body }
    ${e.map(e=>`p${e}: pullRequest(number: ${e}) {
        ${c}
        body changedFiles labels(first: 20) { nodes { name } }
      }`).join(`
    `)}
  }
}`}function d(e){let t=Array.from({length:e},(e,t)=>t);return`
query RestOfPulls($page: Int!, ${t.flatMap(e=>[`$id${e}: ID!`,...[`reviews`,`commits`,`timelineItems`].flatMap(t=>[`$${t}${e}: String`,`$want_${t}${e}: Boolean!`])]).join(`, `)}) {
  ${t.map(e=>`p${e}: node(id: $id${e}) {
    ... on PullRequest {
      reviews(first: $page, after: $reviews${e}) @include(if: $want_reviews${e}) ${i}
      commits(first: $page, after: $commits${e}) @include(if: $want_commits${e}) ${a(100)}
      timelineItems(first: $page, after: $timelineItems${e}, itemTypes: ${s})
        @include(if: $want_timelineItems${e}) ${o}
    }
  }`).join(`
`)}
}`}function f(e){return`
query Descriptions($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    pullRequestTemplates { body }
    ${e.map(e=>`p${e}: pullRequest(number: ${e}) { number title body author ${n} }`).join(`
    `)}
  }
}`}const p=[`reviews`,`commits`,`timelineItems`];function m(e){let t={node:e,lists:{reviews:{nodes:[],next:void 0,failed:void 0},commits:{nodes:[],next:void 0,failed:void 0},timelineItems:{nodes:[],next:void 0,failed:void 0}}};for(let n of p)h(t,n,e[n]);return t}function h(e,t,n){let r=e.lists[t],{hasNextPage:i=!1,endCursor:a=null}=n?.pageInfo??{};!n?.nodes||n.nodes.some(e=>e==null)?g(r,`GitHub left holes in what it returned`):i&&(a===null||a===r.next)?g(r,`GitHub did not say how a list goes on`):t===`commits`&&n.nodes.some(x)?r.next===void 0?r.next=null:g(r,`a commit has more than 100 authors`):(r.nodes.push(...n.nodes),r.next=i?a:void 0)}function g(e,t){e.failed=t,e.next=void 0}function _(e){return e!=null&&p.every(t=>e[t]?.nodes?.every(e=>e!==null)===!0)}function v({node:e,lists:t},n){if(e.mergedAt)return{number:e.number,createdAt:e.createdAt,mergedAt:e.mergedAt,isRevert:/^Revert "(?!Revert ")/.test(e.title)||/^revert-\d+-/.test(e.headRefName),lines:e.additions+e.deletions,head:e.headRefOid,...e.mergeCommit&&{mergeCommit:e.mergeCommit.oid},review:y(e,t,n)}}function y(n,r,i){let a=p.map(e=>r[e].failed).find(e=>e!==void 0);return a===void 0?t({createdAt:n.createdAt,mergedAt:n.mergedAt,author:n.author??null,mergedBy:n.mergedBy??null,reviews:r.reviews.nodes,commits:r.commits.nodes.flatMap(b),events:r.timelineItems.nodes},i):e(a)}function b({commit:e}){return e?[{oid:e.oid,parents:e.parents.totalCount,authors:(e.authors?.nodes??[]).flatMap(e=>e??[])}]:[]}function x(e){return e.commit?.authors?.pageInfo.hasNextPage===!0}async function S(e,t){for(let n=0;n<20;n+=1){let n=t.filter(e=>w(e).length>0);if(n.length===0)return;for(let t=0;t<n.length;t+=10)await C(e,n.slice(t,t+10))}for(let e of t)for(let t of w(e))g(e.lists[t],`it has more than 1000 ${t}`)}async function C(e,t){let n=t.flatMap((e,t)=>[[`id${t}`,e.node.id],...p.flatMap(n=>[[`${n}${t}`,e.lists[n].next??null],[`want_${n}${t}`,e.lists[n].next!==void 0]])]),r=await e.graphqlPartial(d(t.length),{page:50,...Object.fromEntries(n)});t.forEach((e,t)=>{for(let n of w(e))r.ok?h(e,n,r.data.data[`p${t}`]?.[n]):g(e.lists[n],r.error.message)})}function w({lists:e}){return p.filter(t=>e[t].next!==void 0)}export{f as a,m as i,_ as n,l as o,v as r,u as s,S as t};