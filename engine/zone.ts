/** Minutes east of UTC in which the product counts days: Asia/Shanghai, which is one zone without daylight saving. */
export const zoneMinutes = 480;
