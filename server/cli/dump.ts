/** With STORE=postgres everything is in the database, and the database has tools of its own: what to do instead. */
export const DUMP = `STORE=postgres：业务、文件和日志都在 PostgreSQL 里，请用它自己的工具备份，服务运行时也可以：
  pg_dump --format=custom --file=certflow.dump "$DATABASE_URL"
密钥不在里面：请另外保存 CERTFLOW_KEY（或 DATA_DIR/key），以及 DATA_DIR 里的 calendar.json 和 retention.yaml（如有）。`;

export const RESTORE_DUMP = `STORE=postgres：请用 PostgreSQL 自己的工具恢复。先停止所有节点，恢复到一个空的数据库：
  pg_restore --no-owner --exit-on-error --dbname="$DATABASE_URL" certflow.dump
然后用备份那个系统的 CERTFLOW_KEY（或 DATA_DIR/key）启动。npx certflow audit verify 检查日志是否完整。`;

/** What a backup of the cases does not hold. */
export const filesInBucket = (place: string): string =>
  `上传的文件不在里面，在对象存储 ${place}：请另外备份，在这之后做。certflow files addresses 列出每个文件的临时地址和 SHA-256`;
