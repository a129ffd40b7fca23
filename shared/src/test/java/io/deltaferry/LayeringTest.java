package io.deltaferry;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

@AnalyzeClasses(packages = "io.deltaferry", importOptions = ImportOption.DoNotIncludeTests.class)
class LayeringTest {
  private static final String[] PURE = {
    "io.deltaferry.table..",
    "io.deltaferry.type..",
    "io.deltaferry.bound..",
    "io.deltaferry.plan..",
    "io.deltaferry.sql..",
    "io.deltaferry.message..",
    "io.deltaferry.run..",
    "io.deltaferry.error..",
    "io.deltaferry.config..",
  };

  @ArchTest
  static final ArchRule pureCodeKnowsNoClients =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "com.google.cloud..",
              "com.google.api..",
              "io.grpc..",
              "java.sql..",
              "org.postgresql..")
          .because("the core is tested without any server");

  @ArchTest
  static final ArchRule onlyOnePackageKnowsGoogle =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.deltaferry.gcp..", "io.deltaferry.service..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "com.google.cloud.bigquery..",
              "com.google.cloud.storage..",
              "com.google.cloud.pubsub..",
              "com.google.pubsub..");

  @ArchTest
  static final ArchRule onlyOnePackageKnowsJdbc =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.deltaferry.postgres..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "org.postgresql..");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      SlicesRuleDefinition.slices().matching("io.deltaferry.(*)..").should().beFreeOfCycles();
}
