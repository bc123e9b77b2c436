# One image starts any part: `docker run casewright <app>` with app one of
# email call voicemail contact case-builder case-api standalone.
FROM node:22-bookworm-slim AS build
WORKDIR /casewright
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build -- --production && npm prune --omit=dev

FROM node:22-bookworm-slim
ENV NODE_ENV=production DATA_DIR=/data HTTP_HOST=0.0.0.0 SMTP_HOST=0.0.0.0
WORKDIR /casewright
COPY --from=build /casewright/package.json ./
COPY --from=build /casewright/bin ./bin
COPY --from=build /casewright/dist ./dist
COPY --from=build /casewright/node_modules ./node_modules
RUN mkdir -p -m 700 /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000 2525
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD node -e "fetch('http://127.0.0.1:'+(process.env.PORT||3000)+'/healthz').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"
STOPSIGNAL SIGTERM
# Mails on their way through outlive a small young generation: V8 gets room, some 200 MB more, instead of collecting all the time.
ENTRYPOINT ["node", "--enable-source-maps", "--min-semi-space-size=32", "--max-semi-space-size=64", "bin/start-app.mjs"]
CMD ["standalone"]
