// What Node 20 lacks of the language; later versions have it.
import "core-js/actual/array/from-async";
import "core-js/actual/iterator";
import "core-js/actual/map/group-by";
import "core-js/actual/object/group-by";
import "core-js/actual/promise/with-resolvers";
import "core-js/actual/set";
import "core-js/actual/symbol/async-dispose";
import "core-js/actual/symbol/dispose";
