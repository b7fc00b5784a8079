// Runs a command as n8n's node "Execute Command" does: through the shell, with Node's own limit of output, and with both
// outputs trimmed. Prints what the node hands on.
import { exec } from "node:child_process";

const result = { exitCode: 0, error: false, stdout: "", stderr: "" };
exec(process.argv[2], { cwd: process.cwd() }, (error, stdout, stderr) => {
    result.stdout = stdout.trim();
    result.stderr = stderr.trim();
    result.error = error !== null;
    process.stdout.write(JSON.stringify(result));
}).on("exit", (code) => {
    result.exitCode = code ?? 0;
});
