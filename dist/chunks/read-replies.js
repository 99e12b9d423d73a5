const e=require("./core.js"),t=`{__typename login}`,n=`databaseId body author${t} editor${t}`,r=`query Replies($owner:String!,$name:String!,$number:Int!,$comments:Boolean!,$threads:Boolean!,$afterComment:String,$afterThread:String){
  repository(owner:$owner,name:$name){
    pullRequest(number:$number){
      author${t}
      comments(first:100,after:$afterComment) @include(if:$comments){pageInfo{hasNextPage endCursor} nodes{${n}}}
      reviewThreads(first:50,after:$afterThread) @include(if:$threads){
        pageInfo{hasNextPage endCursor} nodes{comments(first:50){nodes{${n}}}}
      }
    }
  }
}`;async function i(t,n){let i=[],l,u=null,d=null;do{let o=await t.graphql(r,{owner:n.owner,name:n.name,number:n.number,comments:u!==void 0,threads:d!==void 0,afterComment:u??null,afterThread:d??null});if(!o.ok)return e.it(`replies were not read: ${o.error.message}`);let f=o.data.repository?.pullRequest;l=f?.author?a(f.author):l,i.push(...s(f?.comments?.nodes),...s(f?.reviewThreads?.nodes).flatMap(e=>s(e.comments.nodes))),u=c(f?.comments),d=c(f?.reviewThreads)}while(u!==void 0||d!==void 0);let f=i.filter(({author:e,editor:t})=>e&&(t===null||a(t)===a(e))).flatMap(({author:t,...n})=>e.A(n.body).map(e=>({text:e,node:n,login:t?a(t):``}))),p=[...new Set(f.map(({login:e})=>e))].slice(0,20),m=new Map(await Promise.all(p.map(async e=>[e,await o(t,n,e)])));return f.map(({text:e,node:t,login:n})=>({...e,commentId:t.databaseId,mayDecide:m.get(n)??`unknown`,isByAuthor:n===l}))}function a({__typename:e,login:t}){return e===`Bot`&&!t.endsWith(`[bot]`)?`${t}[bot]`:t}async function o(e,{owner:t,name:n},r){let i=await e.rest(`GET /repos/{owner}/{repo}/collaborators/{username}/permission`,{owner:t,repo:n,username:r});return i.ok?i.data.permission===`admin`||i.data.permission===`write`:i.error.status!==404&&`unknown`}function s(e){return(e??[]).flatMap(e=>e===null?[]:[e])}function c(e){return e?.pageInfo.hasNextPage?e.pageInfo.endCursor??void 0:void 0}exports.readReplies=i;