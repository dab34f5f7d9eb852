/** The documented address of detect-city (seed document "detect-city"). */
export const DETECT_CITY_URL = 'https://int.cdek-express.cn/api/v2/detect-city';
