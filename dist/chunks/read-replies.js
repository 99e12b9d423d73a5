import{A as e,it as t}from"./core2.js";const n=`{__typename login}`,r=`databaseId body author${n} editor${n}`,i=`query Replies($owner:String!,$name:String!,$number:Int!,$comments:Boolean!,$threads:Boolean!,$afterComment:String,$afterThread:String){
  repository(owner:$owner,name:$name){
    pullRequest(number:$number){
      author${n}
      comments(first:100,after:$afterComment) @include(if:$comments){pageInfo{hasNextPage endCursor} nodes{${r}}}
      reviewThreads(first:50,after:$afterThread) @include(if:$threads){
        pageInfo{hasNextPage endCursor} nodes{comments(first:50){nodes{${r}}}}
      }
    }
  }
}`;async function a(n,r){let a=[],u,d=null,f=null;do{let e=await n.graphql(i,{owner:r.owner,name:r.name,number:r.number,comments:d!==void 0,threads:f!==void 0,afterComment:d??null,afterThread:f??null});if(!e.ok)return t(`replies were not read: ${e.error.message}`);let s=e.data.repository?.pullRequest;u=s?.author?o(s.author):u,a.push(...c(s?.comments?.nodes),...c(s?.reviewThreads?.nodes).flatMap(e=>c(e.comments.nodes))),d=l(s?.comments),f=l(s?.reviewThreads)}while(d!==void 0||f!==void 0);let p=a.filter(({author:e,editor:t})=>e&&(t===null||o(t)===o(e))).flatMap(({author:t,...n})=>e(n.body).map(e=>({text:e,node:n,login:t?o(t):``}))),m=[...new Set(p.map(({login:e})=>e))].slice(0,20),h=new Map(await Promise.all(m.map(async e=>[e,await s(n,r,e)])));return p.map(({text:e,node:t,login:n})=>({...e,commentId:t.databaseId,mayDecide:h.get(n)??`unknown`,isByAuthor:n===u}))}function o({__typename:e,login:t}){return e===`Bot`&&!t.endsWith(`[bot]`)?`${t}[bot]`:t}async function s(e,{owner:t,name:n},r){let i=await e.rest(`GET /repos/{owner}/{repo}/collaborators/{username}/permission`,{owner:t,repo:n,username:r});return i.ok?i.data.permission===`admin`||i.data.permission===`write`:i.error.status!==404&&`unknown`}function c(e){return(e??[]).flatMap(e=>e===null?[]:[e])}function l(e){return e?.pageInfo.hasNextPage?e.pageInfo.endCursor??void 0:void 0}export{a as readReplies};