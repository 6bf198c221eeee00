#pragma once

/// Stands before the name of the public namespace: what is declared in it can be seen from outside
/// the shared library, and nothing else can.
#define FLEETMETER_PUBLIC [[gnu::visibility("default")]]
