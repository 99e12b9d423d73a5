import{A as e,rt as t}from"./core2.js";const n=`databaseId body author{login} editor{login}`,r=`query Replies($owner:String!,$name:String!,$number:Int!,$comments:Boolean!,$threads:Boolean!,$afterComment:String,$afterThread:String){
  repository(owner:$owner,name:$name){
    pullRequest(number:$number){
      author{login}
      comments(first:100,after:$afterComment) @include(if:$comments){pageInfo{hasNextPage endCursor} nodes{${n}}}
      reviewThreads(first:50,after:$afterThread) @include(if:$threads){
        pageInfo{hasNextPage endCursor} nodes{comments(first:50){nodes{${n}}}}
      }
    }
  }
}`;async function i(n,i){let c=[],l,u=null,d=null;do{let e=await n.graphql(r,{owner:i.owner,name:i.name,number:i.number,comments:u!==void 0,threads:d!==void 0,afterComment:u??null,afterThread:d??null});if(!e.ok)return t(`replies were not read: ${e.error.message}`);let a=e.data.repository?.pullRequest;l=a?.author?.login??l,c.push(...o(a?.comments?.nodes),...o(a?.reviewThreads?.nodes).flatMap(e=>o(e.comments.nodes))),u=s(a?.comments),d=s(a?.reviewThreads)}while(u!==void 0||d!==void 0);let f=c.filter(e=>e.author&&(e.editor===null||e.editor.login===e.author.login)).flatMap(t=>e(t.body).map(e=>({text:e,node:t}))),p=[...new Set(f.map(({node:e})=>e.author?.login??``))].slice(0,20),m=new Map(await Promise.all(p.map(async e=>[e,await a(n,i,e)])));return f.map(({text:e,node:t})=>({...e,commentId:t.databaseId,mayDecide:m.get(t.author?.login??``)??`unknown`,isByAuthor:t.author?.login===l}))}async function a(e,{owner:t,name:n},r){let i=await e.rest(`GET /repos/{owner}/{repo}/collaborators/{username}/permission`,{owner:t,repo:n,username:r});return i.ok?i.data.permission===`admin`||i.data.permission===`write`:i.error.status!==404&&`unknown`}function o(e){return(e??[]).flatMap(e=>e===null?[]:[e])}function s(e){return e?.pageInfo.hasNextPage?e.pageInfo.endCursor??void 0:void 0}export{i as readReplies};