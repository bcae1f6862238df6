FROM node:24.4-bookworm-slim
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --omit=optional
COPY server server
COPY sql sql
COPY client-demo client-demo
COPY tsconfig.json ./
RUN node --import tsx client-demo/build.ts && mkdir .data && chown node .data
USER node
EXPOSE 3000
CMD ["node", "--import", "tsx", "server/main.ts"]
