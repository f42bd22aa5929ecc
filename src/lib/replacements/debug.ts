/** Creates a function that logs nothing: nobody debugs the ZIP reader of file-type in a deployed worker. */
const createDebug = () => (): void => {};

export default createDebug;
