# One image for the router, every subgraph, its worker and the commands of local/ (migrate, keys): its command
# says which of them a container is. docker-compose.yml shows them all.
ARG NODE_VERSION=20

FROM node:${NODE_VERSION}-slim AS manifest
WORKDIR /app
COPY package.json package-lock.json ./
COPY clients/admin/package.json clients/admin/
COPY clients/app/package.json clients/app/
COPY clients/sdk/package.json clients/sdk/
COPY clients/stories/package.json clients/stories/
COPY clients/ui/package.json clients/ui/

# Install scripts stay off in both stages: native parts come as packages of their own, a platform each.
FROM manifest AS build
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build
# What runs: compiled code, the graph, our operations, the SQL of the migrations, and the built apps.
RUN mkdir /out \
  && cp --recursive --parents package.json dist schema/supergraph.graphql \
    schema/persisted-queries.json schema/routes.json subgraphs/*/prisma/migrations \
    clients/app/dist clients/admin/dist /out

FROM manifest AS packages
# The workspaces are clients: the services get the built apps, and no package of theirs.
RUN npm ci --ignore-scripts --omit=dev --workspaces=false

FROM node:${NODE_VERSION}-slim
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /out ./
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000 STATIC_MOUNTS=/app=clients/app/dist,/admin=clients/admin/dist
# The volume of the store of files gets its owner from here.
RUN install --directory --owner=node --mode=700 /var/lib/meetinity
# Nothing is written below /app: it stays root's, and the service runs as somebody else.
USER node
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 CMD ["node", "--eval", \
  "fetch('http://127.0.0.1:' + process.env.PORT + '/livez').then(({ ok }) => process.exit(Number(!ok)))"]
# node is process 1 and gets the signals: a service stops gracefully on SIGTERM.
ENTRYPOINT ["node", "--conditions=compiled", "--enable-source-maps"]
CMD ["dist/router/main.js"]
