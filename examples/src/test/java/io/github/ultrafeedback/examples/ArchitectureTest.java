package io.github.ultrafeedback.examples;

import static com.tngtech.archunit.base.DescribedPredicate.anyElementThat;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.ultrafeedback.error.GenerationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.github.ultrafeedback");
    private static final DescribedPredicate<JavaClass> THEIRS =
            resideInAnyPackage("com.fasterxml..", "dev.failsafe..", "ai.onnxruntime..", "ai.djl..", "org.sqlite..");

    private static final String[] CORE = {
        "io.github.ultrafeedback",
        "io.github.ultrafeedback.chat..",
        "io.github.ultrafeedback.error..",
        "io.github.ultrafeedback.model..",
        "io.github.ultrafeedback.principle..",
        "io.github.ultrafeedback.seed.."
    };
    private static final String[] CORE_MAY_KNOW = Stream.concat(
                    Stream.of(CORE), Stream.of("java..", "org.slf4j..", "org.jspecify.."))
            .toArray(String[]::new);

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.github.(**)").should().beFreeOfCycles().check(OURS);
    }

    @Test
    void publicMethodsShowNoLibraryTypes() {
        noMethods()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat()
                .arePublic()
                .and()
                .areDeclaredInClassesThat()
                .resideOutsideOfPackage("..internal..")
                .should()
                .haveRawReturnType(THEIRS)
                .orShould()
                .haveRawParameterTypes(anyElementThat(THEIRS))
                .check(OURS);
    }

    @Test
    void classesAreFinalOrAbstract() {
        classes()
                .that()
                .areNotInterfaces()
                .and()
                .areNotAnonymousClasses()
                .and()
                .areNotEnums()
                .and()
                .resideOutsideOfPackage("..benchmarks..")
                .and()
                .doNotHaveFullyQualifiedName(GenerationException.class.getName()) // users' backends may extend it
                .should()
                .haveModifier(FINAL)
                .orShould()
                .haveModifier(ABSTRACT)
                .check(OURS);
    }

    @Test
    void timeAndSleepComeFromOutside() {
        noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(OURS);
    }

    @Test
    void whatIsInternalDoesNotKnowTheDoor() {
        noClasses()
                .that()
                .resideInAnyPackage("..onnx.internal..", "..dataset.internal..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.github.ultrafeedback.onnx", "io.github.ultrafeedback.dataset")
                .check(OURS);
    }

    @Test
    void coreKnowsNobody() {
        noClasses()
                .that()
                .resideInAnyPackage(CORE)
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(CORE_MAY_KNOW)
                .check(OURS);
    }

    @Test
    void noClassHasAVagueName() {
        noClasses().should().haveNameMatching(".*(Utils?|Helper|Manager|Impl)$").check(OURS);
    }
}
