import { traceDurability } from '../support/service/durability-trace.ts';

// `npm run test:durability [-- --shares N]`: traces the system calls of 200 shares.

const asked = process.argv.indexOf('--shares');
const shares = asked < 0 ? 200 : Number(process.argv[asked + 1]);
const result = await traceDurability(shares);
console.log(JSON.stringify(result, null, 2));
console.log(`answers traced: ${result.traced}, answers after fsync: ${result.afterSync}`);
process.exitCode = result.traced === shares && result.afterSync === shares ? 0 : 1;
