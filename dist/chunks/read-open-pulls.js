const e=require("./core.js"),t=require("./looked-up.js");function n({files:e}){return e.some(({direction:e,status:t,version:n})=>e===`up`&&n!==``&&/^(?:added|copied|renamed)$/.test(t))}async function r(n,{owner:r,name:i,number:a,baseName:o},s){if(!n.hasToken)return e.dt(`there is no token to read them with`);let c=[],l=e=>s.some(t=>t===``||e.startsWith(`${t}/`))&&t._(e),u=null;for(let t=0;t<2;t+=1){let t=await n.graphql(`
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
  }`,{owner:r,name:i,base:o,page:30,after:u});if(!t.ok)return e.dt(t.error.message);let s=t.data.repository?.pullRequests;if(!s)return e.dt(`GitHub did not tell them`);for(let e of s.nodes??[])if(e&&e.number!==a)for(let t of e.files?.nodes??[])t&&/^(?:ADDED|RENAMED|COPIED)$/.test(t.changeType)&&l(t.path)&&c.push({path:t.path,pullRequest:e.number,isQueued:e.isInMergeQueue});if(!s.pageInfo.hasNextPage||s.pageInfo.endCursor===null)break;u=s.pageInfo.endCursor}return c.toSorted((e,t)=>e.pullRequest-t.pullRequest||(e.path<t.path?-1:1))}async function i(t,i,a){if(e.ut(a)||!n(a))return a;let o=[...new Set(a.files.flatMap(({folder:e})=>e??[]))];return{...a,elsewhere:await r(t,i,o)}}exports.withMigrationsElsewhere=i;