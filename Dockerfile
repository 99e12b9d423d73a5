# The GitHub App server. Build: docker build -t review-vitals .
FROM node:24-bookworm-slim

RUN apt-get update \
  && apt-get install --yes --no-install-recommends ca-certificates git \
  && rm -rf /var/lib/apt/lists/*

WORKDIR /app
# The bundle needs no packages; only the embedded database is one, and PostgreSQL does without it.
RUN npm install --no-save --no-audit --no-fund --prefix /app @electric-sql/pglite@0.5.16 && npm cache clean --force
COPY package.json LICENSE ./
COPY dist ./dist

RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 REVIEW_VITALS_DATA=/data REVIEW_VITALS_CACHE=/data/cache
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/app.js"]
