import{it as e,rt as t}from"./core2.js";import{v as n}from"./looked-up.js";function r({files:e}){return e.some(({direction:e,status:t,version:n})=>e===`up`&&n!==``&&/^(?:added|copied|renamed)$/.test(t))}async function i(t,{owner:r,name:i,number:a,baseName:o},s){if(!t.hasToken)return e(`there is no token to read them with`);let c=[],l=e=>s.some(t=>t===``||e.startsWith(`${t}/`))&&n(e),u=null;for(let n=0;n<2;n+=1){let n=await t.graphql(`
  query openPulls($owner: String!, $name: String!, $base: String!, $page: Int!, $after: String) {
    repository(owner: $owner, name: $name) {
      pullRequests(
        states: OPEN
        baseRefName: $base
        first: $page
        after: $after
        orderBy: { field: UPDATED_AT, direction: DESC }
      ) {
        pageInfo { hasNextPage endCursor }
        nodes {
          number
          isInMergeQueue
          files(first: 100) { nodes { path changeType } }
        }
      }
    }
  }`,{owner:r,name:i,base:o,page:30,after:u});if(!n.ok)return e(n.error.message);let s=n.data.repository?.pullRequests;if(!s)return e(`GitHub did not tell them`);for(let e of s.nodes??[])if(e&&e.number!==a)for(let t of e.files?.nodes??[])t&&/^(?:ADDED|RENAMED|COPIED)$/.test(t.changeType)&&l(t.path)&&c.push({path:t.path,pullRequest:e.number,isQueued:e.isInMergeQueue});if(!s.pageInfo.hasNextPage||s.pageInfo.endCursor===null)break;u=s.pageInfo.endCursor}return c.toSorted((e,t)=>e.pullRequest-t.pullRequest||(e.path<t.path?-1:1))}async function a(e,n,a){if(t(a)||!r(a))return a;let o=[...new Set(a.files.flatMap(({folder:e})=>e??[]))];return{...a,elsewhere:await i(e,n,o)}}export{a as withMigrationsElsewhere};