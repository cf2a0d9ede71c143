/// `database.yaml`: what a user declares about a database, read, checked and written.
///
/// Here belongs the shape of that file and how its entries are looked up. What is done with them (loading, inferring,
/// checking) belongs to the neighbouring packages.
@NullMarked
package org.relata.database.config;

import org.jspecify.annotations.NullMarked;
