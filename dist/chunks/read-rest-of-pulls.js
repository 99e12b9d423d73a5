const e=require("./core.js"),t=require("./timeline.js"),n=require("./merge-message.js");function r(e,t){if(e===``||e.endsWith(`/`))return!1;let n=t.split(`/`);return e.includes(`/`)?i(e.replace(/^\//,``).split(`/`),n):a(e,n.at(-1)??``)}function i(e,t){let n=0,r=0,i=-1,o=0;for(;r<t.length;){let s=e[n];if(s===`**`){if(n===e.length-1)return!0;i=n,o=r,n+=1}else if(s!==void 0&&a(s,t[r]??``))n+=1,r+=1;else if(i>=0)o+=1,r=o,n=i+1;else return!1}return n===e.length}function a(e,t){let n=o(e),r=0,i=0,a=-1,s=0;for(;i<t.length;){let e=n[r];if(e===`*`)a=r,s=i,r+=1;else if(e?.matches(t.charAt(i)))r+=1,i+=1;else if(a>=0)s+=1,i=s,r=a+1;else return!1}for(;n[r]===`*`;)r+=1;return r===n.length}function o(e){let t=[];for(let n=0;n<e.length;n+=1){let r=e.charAt(n);if(r===`*`)t.push(`*`);else if(r===`?`)t.push({matches:()=>!0});else if(r===`\\`&&n+1<e.length)n+=1,t.push(s(e.charAt(n)));else if(r===`[`){let r=e.indexOf(`]`,n+(/^\[[!^]?\]/.test(e.slice(n,n+3))?3:1));r<0?t.push(s(`[`)):(t.push(c(e.slice(n+1,r))),n=r)}else t.push(s(r))}return t}function s(e){return{matches:t=>t===e}}function c(e){let t=/^[!^]/.test(e),n=t?e.slice(1):e,r=[];for(let e=0;e<n.length;e+=1){let t=n.charAt(e),i=n.charAt(e+1)===`-`&&e+2<n.length;r.push([t,i?n.charAt(e+2):t]),i&&(e+=2)}return{matches:e=>t!==r.some(([t,n])=>t<=e&&e<=n)}}const l={"linguist-generated":`generated`,"linguist-vendored":`vendored`,"linguist-documentation":`documentation`},u=/* @__PURE__ */ new Set([`-diff`,`binary`]);function d(e,t){let n=e.toSorted((e,t)=>g(e.folder)-g(t.folder)).flatMap(({folder:e,text:t})=>p(t).map(t=>({folder:e,...t})));return t.flatMap(e=>{let t=f(e,n);return t===void 0?[]:[{path:e,is:t}]})}function f(e,t){let n=/* @__PURE__ */ new Map;for(let{folder:i,pattern:a,attributes:o}of t){let t=h(i,e);if(t!==void 0&&r(a,t))for(let e of o){u.has(e)&&n.set(`generated`,!0);let[,t,r=``,i]=/^([-!]?)([^=]+)(?:=(.*))?$/.exec(e)??[],a=Object.hasOwn(l,r)?l[r]:void 0;a&&(t===`!`?n.delete(a):n.set(a,t!==`-`&&i!==`false`))}}return[`generated`,`vendored`,`documentation`].find(e=>n.get(e))??(n.size>0?`code`:void 0)}function p(e){return e.split(/\r?\n/,2e4).filter(e=>e.length<=2048).flatMap(e=>{let[t=``,...n]=/^\s*"((?:[^"\\]|\\.)*)"\s+(.*)$/.test(e)?m(e):e.trim().split(/[ \t]+/);return!t||/^[#!]|^\[attr\]/.test(t)?[]:[{pattern:t,attributes:n}]})}function m(e){let[,t=``,n=``]=/^\s*"((?:[^"\\]|\\.)*)"\s+(.*)$/.exec(e)??[];return[t.replace(/\\(["\\])/g,`$1`),...n.trim().split(/[ \t]+/)]}function h(e,t){return e===``?t:t.startsWith(`${e}/`)?t.slice(e.length+1):void 0}function g(e){return e===``?0:e.split(`/`).length}async function _(t,n){let r=n.files.map(({path:e})=>e),i=[.../* @__PURE__ */ new Set([``,...r.flatMap(v)])].toSorted((e,t)=>y(e)-y(t)||(e<t?-1:1)),a=[];for(let r of i.slice(0,40)){let i=r===``?`.gitattributes`:`${r}/.gitattributes`,o=await t.readFile(n.mergeBase,i,{maxBytes:1e6});e.ut(o)||typeof o==`string`||a.push({folder:r,text:new TextDecoder().decode(o)})}return d(a,r)}function v(e){let t=e.split(`/`).slice(0,-1);return t.map((e,n)=>t.slice(0,n+1).join(`/`))}function y(e){return e===``?0:e.split(`/`).length}const b=`{ __typename login }`,x=`pageInfo { hasNextPage endCursor }`,S=`{ ${x} nodes { id state body submittedAt author ${b} commit { oid } comments { totalCount } } }`,C=e=>`{ ${x} nodes { commit { oid parents { totalCount } authors(first: ${e}) { pageInfo { hasNextPage } nodes { email user ${b} } } } } }`,w=`{
  ${x}
  nodes {
    __typename
    ... on ReadyForReviewEvent { createdAt }
    ... on ConvertToDraftEvent { createdAt }
    ... on ReviewDismissedEvent { createdAt previousReviewState review { id } }
  }
}`,T=`[READY_FOR_REVIEW_EVENT, CONVERT_TO_DRAFT_EVENT, REVIEW_DISMISSED_EVENT]`,E=`id number title headRefName baseRefName headRefOid createdAt mergedAt updatedAt additions deletions
        mergeCommit { oid }
        author ${b}
        mergedBy ${b}
        reviews(first: 20) ${S}
        commits(first: 20) ${C(5)}
        timelineItems(first: 20, itemTypes: ${T}) ${w}`,D=`
query MergedPulls($owner: String!, $name: String!, $page: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    defaultBranchRef { name }
    pullRequests(states: MERGED, first: $page, after: $after, orderBy: { field: UPDATED_AT, direction: DESC }) {
      ${x}
      nodes {
        ${E}
      }
    }
  }
}`;function O(e){return`
query PullsByNumber($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    pullRequestTemplates { body }
    ${e.map(e=>`p${e}: pullRequest(number: ${e}) {
        ${E}
        body changedFiles labels(first: 20) { nodes { name } }
      }`).join(`
    `)}
  }
}`}function k(e){let t=Array.from({length:e},(e,t)=>t);return`
query RestOfPulls($page: Int!, ${t.flatMap(e=>[`$id${e}: ID!`,...[`reviews`,`commits`,`timelineItems`].flatMap(t=>[`$${t}${e}: String`,`$want_${t}${e}: Boolean!`])]).join(`, `)}) {
  ${t.map(e=>`p${e}: node(id: $id${e}) {
    ... on PullRequest {
      reviews(first: $page, after: $reviews${e}) @include(if: $want_reviews${e}) ${S}
      commits(first: $page, after: $commits${e}) @include(if: $want_commits${e}) ${C(100)}
      timelineItems(first: $page, after: $timelineItems${e}, itemTypes: ${T})
        @include(if: $want_timelineItems${e}) ${w}
    }
  }`).join(`
`)}
}`}function A(e){return`
query Descriptions($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    pullRequestTemplates { body }
    ${e.map(e=>`p${e}: pullRequest(number: ${e}) { number title body author ${b} }`).join(`
    `)}
  }
}`}const j=[`reviews`,`commits`,`timelineItems`];function M(e){let t={node:e,lists:{reviews:{nodes:[],next:void 0,failed:void 0},commits:{nodes:[],next:void 0,failed:void 0},timelineItems:{nodes:[],next:void 0,failed:void 0}}};for(let n of j)N(t,n,e[n]);return t}function N(e,t,n){let r=e.lists[t],{hasNextPage:i=!1,endCursor:a=null}=n?.pageInfo??{};!n?.nodes||n.nodes.some(e=>e==null)?P(r,`GitHub left holes in what it returned`):i&&(a===null||a===r.next)?P(r,`GitHub did not say how a list goes on`):t===`commits`&&n.nodes.some(z)?r.next===void 0?r.next=null:P(r,`a commit has more than 100 authors`):(r.nodes.push(...n.nodes),r.next=i?a:void 0)}function P(e,t){e.failed=t,e.next=void 0}function F(e){return e!=null&&j.every(t=>e[t]?.nodes?.every(e=>e!==null)===!0)}function I({node:e,lists:t},r){if(e.mergedAt)return{number:e.number,createdAt:e.createdAt,mergedAt:e.mergedAt,isRevert:n.t({title:e.title,branch:e.headRefName}),lines:e.additions+e.deletions,head:e.headRefOid,...e.mergeCommit&&{mergeCommit:e.mergeCommit.oid},review:L(e,t,r)}}function L(n,r,i){let a=j.map(e=>r[e].failed).find(e=>e!==void 0);return a===void 0?t.t({createdAt:n.createdAt,mergedAt:n.mergedAt,author:n.author??null,mergedBy:n.mergedBy??null,reviews:r.reviews.nodes,commits:r.commits.nodes.flatMap(R),events:r.timelineItems.nodes},i):e.dt(a)}function R({commit:e}){return e?[{oid:e.oid,parents:e.parents.totalCount,authors:(e.authors?.nodes??[]).flatMap(e=>e??[])}]:[]}function z(e){return e.commit?.authors?.pageInfo.hasNextPage===!0}async function B(e,t){for(let n=0;n<20;n+=1){let n=t.filter(e=>H(e).length>0);if(n.length===0)return;for(let t=0;t<n.length;t+=10)await V(e,n.slice(t,t+10))}for(let e of t)for(let t of H(e))P(e.lists[t],`it has more than 1000 ${t}`)}async function V(e,t){let n=t.flatMap((e,t)=>[[`id${t}`,e.node.id],...j.flatMap(n=>[[`${n}${t}`,e.lists[n].next??null],[`want_${n}${t}`,e.lists[n].next!==void 0]])]),r=await e.graphqlPartial(k(t.length),{page:50,...Object.fromEntries(n)});t.forEach((e,t)=>{for(let n of H(e))r.ok?N(e,n,r.data.data[`p${t}`]?.[n]):P(e.lists[n],r.error.message)})}function H({lists:e}){return j.filter(t=>e[t].next!==void 0)}Object.defineProperty(exports,"a",{enumerable:!0,get:function(){return A}}),Object.defineProperty(exports,"c",{enumerable:!0,get:function(){return _}}),Object.defineProperty(exports,"i",{enumerable:!0,get:function(){return M}}),Object.defineProperty(exports,"l",{enumerable:!0,get:function(){return r}}),Object.defineProperty(exports,"n",{enumerable:!0,get:function(){return F}}),Object.defineProperty(exports,"o",{enumerable:!0,get:function(){return D}}),Object.defineProperty(exports,"r",{enumerable:!0,get:function(){return I}}),Object.defineProperty(exports,"s",{enumerable:!0,get:function(){return O}}),Object.defineProperty(exports,"t",{enumerable:!0,get:function(){return B}});