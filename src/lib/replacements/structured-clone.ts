/** Clones a value as the platform does, which the package also does where there is a `structuredClone`. */
const clone = <Value>(value: Value): Value => structuredClone(value);

export default clone;
